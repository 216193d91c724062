// Finds entries that arrive while the list is open, and merges them into it. Each poll reads the last minutes again and
// deduplicates by ID, because indexes lag and events arrive late.
import type { ListItem, Page } from '../../../client/client.ts';
import { lateAfterMillis } from '../../../core/entry/entry.ts';
import type { TailDeduplicator, TailItem } from '../../../core/search/tail-deduplicator.ts';
import { dayMillis } from '../../../core/values/timestamp.ts';
import { readBound } from '../search/bound.ts';

export type NewEntry = TailItem<ListItem>;

type SearchedRange = Pick<Page, 'complete' | 'searchedThrough'>;

/**
 * Whether the entry is in the part of the range that has been searched. An entry beyond it is not new: the list reaches
 * it when the search continues.
 */
export function isInSearchedRange(
  { timestamp }: ListItem,
  last: SearchedRange,
  order: 'asc' | 'desc',
): boolean {
  if (last.complete) return true;
  return order === 'desc' ? timestamp >= last.searchedThrough : timestamp <= last.searchedThrough;
}

/** How far back, and how often, a longer poll looks for entries that arrived later than the regular window. */
const longLookbackMillis = dayMillis;
const longPollIntervalMillis = 5 * 60_000;

/** Times of previous polls, epoch milliseconds. */
export interface PastPolls {
  readonly polledAt: number;
  /** The last poll with the long lookback. */
  readonly polledFarAt: number;
}

export interface PlannedPoll {
  /** RFC 3339. */
  readonly from: string;
  readonly isLongLookback: boolean;
  /** No later poll reads entries before this time. Epoch milliseconds. */
  readonly oldestMillis: number;
}

/**
 * Plans the next poll: the window before the last poll, and every few minutes the last day, as far as the list has
 * searched. `undefined` if the range of the search ends before the window.
 */
export function planPoll(
  nowMillis: number,
  { polledAt, polledFarAt }: PastPolls,
  { from, to, order }: { readonly from?: string; readonly to?: string; readonly order?: 'asc' | 'desc' },
  last: SearchedRange,
): PlannedPoll | undefined {
  const isLongLookback = nowMillis - polledFarAt >= longPollIntervalMillis;
  const nearMillis = Math.max(0, polledAt - lateAfterMillis);
  const oldestMillis = Math.min(nearMillis, nowMillis - longLookbackMillis);
  const bounds = [
    isLongLookback ? oldestMillis : nearMillis,
    from === undefined ? 0 : (readBound(from, 'from') ?? 0),
    order !== 'asc' && !last.complete ? Date.parse(last.searchedThrough) : 0,
  ];
  const fromMillis = Math.max(...bounds);
  if (to !== undefined && fromMillis > (readBound(to, 'to') ?? fromMillis)) return undefined;
  return { from: new Date(fromMillis).toISOString(), isLongLookback, oldestMillis };
}

/** Returns the new entries of a page. One beyond the searched range is not marked as seen, so a later poll can return it. */
export function takeNewEntries(
  deduplicator: TailDeduplicator<ListItem>,
  items: readonly ListItem[],
  last: SearchedRange | undefined,
  order: 'asc' | 'desc',
): NewEntry[] {
  return last === undefined
    ? []
    : deduplicator.take(items.filter((item) => isInSearchedRange(item, last, order)));
}

/** Merges the entries of pages and those that arrived later, deduplicated, in the order of the list. */
export function mergeEntries(
  pages: readonly Pick<Page, 'items'>[],
  added: readonly NewEntry[],
  order: 'asc' | 'desc',
): ListItem[] {
  const paged = pages.flatMap(({ items }) => items);
  if (added.length === 0) return paged;
  const byId = new Map([...added.map(({ item }) => item), ...paged].map((item) => [item.id, item]));
  const sign = order === 'asc' ? 1 : -1;
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -sign : sign));
}

/** For example `3 new entries, 1 late`. Late ones belong further down in the list. */
export function describeNewEntries(entries: readonly NewEntry[]): string {
  const late = entries.filter(({ isLate }) => isLate).length;
  const count = entries.length === 1 ? '1 new entry' : `${entries.length} new entries`;
  if (late === 0) return count;
  return late === entries.length ? `${count}, late` : `${count}, ${late} late`;
}
