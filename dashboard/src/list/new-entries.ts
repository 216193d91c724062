// Entries that come while the list is open: which of them are new to it, and where they belong. The list reads the last
// minutes again and folds by id, since indexes lag and events arrive late.
import type { ListItem, Page } from '../../../client/client.ts';
import { lateAfterMillis } from '../../../core/entry/entry.ts';
import type { TailDeduplicator, TailItem } from '../../../core/search/tail-deduplicator.ts';
import { dayMillis } from '../../../core/values/timestamp.ts';
import { readBound } from '../search/bound.ts';

export type NewEntry = TailItem<ListItem>;

type Reach = Pick<Page, 'complete' | 'searchedThrough'>;

/**
 * Whether the entry lies in the part of the range that the list has searched. One beyond it is not new: the list comes
 * to it by searching on.
 */
export function isInRange({ timestamp }: ListItem, last: Reach, order: 'asc' | 'desc'): boolean {
  if (last.complete) return true;
  return order === 'desc' ? timestamp >= last.searchedThrough : timestamp <= last.searchedThrough;
}

/** How far back entries are looked for that came later than the window of every look, and how often. */
const farMillis = dayMillis;
const lookFarEveryMillis = 5 * 60_000;

/** The looks before, epoch milliseconds. */
export interface PastPolls {
  readonly lookedAt: number;
  /** The last one that went far. */
  readonly lookedFarAt: number;
}

export interface PlannedPoll {
  /** RFC 3339. */
  readonly from: string;
  readonly isFar: boolean;
  /** Ids from before this time are never met again, epoch milliseconds. */
  readonly oldestMillis: number;
}

/**
 * What to read now: the window before the last look, and every few minutes the last day as far as the list shows it.
 * `undefined` when the search ends before that.
 */
export function planPoll(
  nowMillis: number,
  { lookedAt, lookedFarAt }: PastPolls,
  { from, to, order }: { readonly from?: string; readonly to?: string; readonly order?: 'asc' | 'desc' },
  last: Reach,
): PlannedPoll | undefined {
  const isFar = nowMillis - lookedFarAt >= lookFarEveryMillis;
  const nearMillis = Math.max(0, lookedAt - lateAfterMillis);
  const oldestMillis = Math.min(nearMillis, nowMillis - farMillis);
  const bounds = [
    isFar ? oldestMillis : nearMillis,
    from === undefined ? 0 : (readBound(from, 'from') ?? 0),
    order !== 'asc' && !last.complete ? Date.parse(last.searchedThrough) : 0,
  ];
  const fromMillis = Math.max(...bounds);
  if (to !== undefined && fromMillis > (readBound(to, 'to') ?? fromMillis)) return undefined;
  return { from: new Date(fromMillis).toISOString(), isFar, oldestMillis };
}

/** Those of a page that are new to the list. One beyond its reach stays unseen, for a later look to give. */
export function takeInRange(
  fold: TailDeduplicator<ListItem>,
  items: readonly ListItem[],
  last: Reach | undefined,
  order: 'asc' | 'desc',
): NewEntry[] {
  return last === undefined ? [] : fold.take(items.filter((item) => isInRange(item, last, order)));
}

/** The entries of pages and those that came later as one list, each once, in the list's order. */
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

/** `3 new entries`, and how many of them belong further down. */
export function describeNewEntries(entries: readonly NewEntry[]): string {
  const late = entries.filter(({ isLate }) => isLate).length;
  const count = entries.length === 1 ? '1 new entry' : `${entries.length} new entries`;
  if (late === 0) return count;
  return late === entries.length ? `${count}, late` : `${count}, ${late} late`;
}
