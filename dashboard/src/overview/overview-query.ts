// Derives the request of the overview from a search, and the order of its lists.
import type { SummaryQuery } from '../../../client/client.ts';
import type { FilterName } from '../../../core/query/filters.ts';
import { dayMillis } from '../../../core/values/timestamp.ts';
import { readBound } from '../search/bound.ts';
import type { ListFilters } from '../search/search.ts';

/** The days that the overview covers if the search has no start. */
export const defaultDays = 30;

/** The number of groups in a list. */
export const listLength = 5;

/** The lists of the overview. Each is also the name of its filter. */
export const overviewLists = [
  'user',
  'target',
  'environment',
  'verdict',
] as const satisfies readonly FilterName[];
export type OverviewList = (typeof overviewLists)[number];

/**
 * Returns the request for the range of a search in a time zone. A search without a start is counted from `defaultDays`
 * before its end. Bounds that the API rejects are passed on, so that it says why.
 * With `asOf`, it counts only what the sealed log had at that size.
 */
export function toOverviewQuery(
  { order: _, ...filters }: ListFilters,
  timeZone: string,
  nowMillis: number,
  asOf?: number,
): SummaryQuery {
  const end = filters.to === undefined ? nowMillis : (readBound(filters.to, 'to') ?? nowMillis);
  const from = filters.from ?? new Date(Math.max(0, end - defaultDays * dayMillis)).toISOString();
  return {
    ...filters,
    from,
    groupBy: ['time', 'action'],
    timeZone,
    topLists: [...overviewLists],
    top: listLength,
    compare: 'previous',
    ...(asOf !== undefined && { asOf }),
  };
}
