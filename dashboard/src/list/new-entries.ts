// Limits polls to what the list has searched, and merges the entries that they find into the list. When to poll, and how
// far back, is decided in core/search/follow-schedule.ts.
import type { ListItem, Page } from '../../../client/client.ts';
import { type FollowPoll, limitRecordedFrom } from '../../../core/search/follow-schedule.ts';
import type { TailDeduplicator, TailItem } from '../../../core/search/tail-deduplicator.ts';
import { readBound } from '../search/bound.ts';
import type { ListFilters } from '../search/search.ts';

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

/** The filters of the search that limit a poll. */
type PolledFilters = Pick<ListFilters, 'from' | 'to' | 'recordedFrom' | 'recordedTo' | 'order'>;

/** The parameters of a poll, beside the filters of the search. RFC 3339. */
export interface PollRange {
  readonly from: string;
  readonly recordedFrom?: string;
}

/**
 * Limits a poll to the range that the search has covered. `undefined` if that range ends before the times that the poll
 * reads.
 */
export function limitPoll(
  poll: FollowPoll,
  { from, to, recordedFrom, recordedTo, order }: PolledFilters,
  last: SearchedRange,
): PollRange | undefined {
  const startMillis = Math.max(
    poll.fromMillis,
    from === undefined ? 0 : (readBound(from, 'from') ?? 0),
    order !== 'asc' && !last.complete ? Date.parse(last.searchedThrough) : 0,
  );
  if (to !== undefined && startMillis > (readBound(to, 'to') ?? startMillis)) return undefined;
  const range = { from: new Date(startMillis).toISOString() };
  const recordedFromMillis = limitRecordedFrom(poll, {
    recordedFromMillis: recordedFrom === undefined ? undefined : readBound(recordedFrom, 'from'),
    hasRecordedTo: recordedTo !== undefined,
  });
  if (recordedFromMillis === undefined) return range;
  return { ...range, recordedFrom: new Date(recordedFromMillis).toISOString() };
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
