// Assembles the pages of a search: their cursor, and how far the search came. Reads nothing.
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import { type Continuation, encodeCursor } from '../query/cursor.ts';
import type { Query } from '../query/query.ts';
import type { ConsumedCapacity, Page } from './page.ts';

/** A page, and details that not every caller is allowed to see. */
export interface SearchedPage {
  readonly page: Omit<Page, 'consumedCapacity' | 'suggestions'>;
  /** The cost of reading the entries, without planning. */
  readonly cost: ConsumedCapacity;
  /** Where the next page starts, as in its cursor, or `undefined` if there is none. */
  readonly next: Continuation | undefined;
}

/** Returns the page as if it had ended after the entry with this ID, in this page or before it. */
export function endAfter(
  { page, cost }: SearchedPage,
  id: string,
  query: Query,
  caller: Caller,
): SearchedPage {
  const items = page.items.slice(0, page.items.findIndex((item) => item.id === id) + 1);
  const next = { position: id, index: cost.index };
  const { notSearched } = page;
  return {
    page: { ...toContinuedPage(items, next, query, caller), ...(notSearched && { notSearched }) },
    cost,
    next,
  };
}

/** Returns the page with these entries. Without `next`, the range was searched to its end. */
export function toPage(
  items: readonly ListItem[],
  next: Continuation | undefined,
  query: Query,
  caller: Caller,
  now: number,
): SearchedPage['page'] {
  if (next === undefined) {
    const end = query.order === 'desc' ? query.fromMillis : Math.min(query.toMillis, now);
    return { items, nextCursor: null, complete: true, searchedThrough: toIsoTime(end) };
  }
  return toContinuedPage(items, next, query, caller);
}

function toContinuedPage(
  items: readonly ListItem[],
  next: Continuation,
  query: Query,
  caller: Caller,
): SearchedPage['page'] {
  return {
    items,
    nextCursor: encodeCursor(next, query, caller),
    complete: false,
    searchedThrough: toIsoTime(timeOf(next.position)),
  };
}

function toIsoTime(millis: number): string {
  return new Date(millis).toISOString();
}
