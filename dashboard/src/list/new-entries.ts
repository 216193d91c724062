// Entries that come while the list is open: which of them are new to it, and where they belong. The list reads the last
// minutes again and folds by id, since indexes lag and events arrive late.
import type { ListItem, Page } from '../../../client/client.ts';
import type { FollowedItem, FollowFold } from '../../../core/follow-fold.ts';

export type NewEntry = FollowedItem<ListItem>;

type Reach = Pick<Page, 'complete' | 'searchedThrough'>;

/**
 * Whether the entry lies in the part of the range that the list has searched. One beyond it is not new: the list comes
 * to it by searching on.
 */
export function isWithinReach({ timestamp }: ListItem, last: Reach, order: 'asc' | 'desc'): boolean {
  if (last.complete) return true;
  return order === 'desc' ? timestamp >= last.searchedThrough : timestamp <= last.searchedThrough;
}

/** Those of a page that are new to the list. One beyond its reach stays unseen, for a later look to give. */
export function takeWithinReach(
  fold: FollowFold<ListItem>,
  items: readonly ListItem[],
  last: Reach | undefined,
  order: 'asc' | 'desc',
): NewEntry[] {
  return last === undefined ? [] : fold.take(items.filter((item) => isWithinReach(item, last, order)));
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
