// What is searched for: filters, a range of time and an order. It is the same in the address, in the filter bar and, once
// "the last hour" is pinned to the clock, in requests.
import type { ListQuery } from '../../../client/client.ts';
import type { FilterName, Filters } from '../../../core/query/query.ts';

export const rangeUnits = ['minute', 'hour', 'day', 'week'] as const;
export type RangeUnit = (typeof rangeUnits)[number];

/** The longest amount of a unit that a range can say, in the picker and in the address. */
export const maxAmount = 99_999;

export type TimeRange =
  | { readonly type: 'any' }
  /** Up to now, whenever that is. */
  | { readonly type: 'last'; readonly amount: number; readonly unit: RangeUnit }
  /** In the API's forms: RFC 3339 or a UTC day; both inclusive, and at least one of them there. */
  | { readonly type: 'between'; readonly from?: string; readonly to?: string }
  /** As it stands in the address: a `last` that is none, or one beside bounds. It is never searched. */
  | { readonly type: 'unreadable'; readonly last: string; readonly from?: string; readonly to?: string };

export interface Search {
  readonly filters: Filters;
  readonly range: TimeRange;
  /** `desc` is newest first. */
  readonly order: 'desc' | 'asc';
}

/** A search in the API's words: everything that decides which entries match, and nothing about paging. */
export type ListFilters = Omit<ListQuery, 'cursor' | 'limit' | 'debug'>;

export const emptySearch: Search = { filters: {}, range: { type: 'any' }, order: 'desc' };

const unitMillis: Readonly<Record<RangeUnit, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** The search as the API takes it, relative times counted from `nowMillis`; without a range that `findSearchError` refuses. */
export function toListFilters({ filters, range, order }: Search, nowMillis: number): ListFilters {
  const values: Partial<Record<FilterName, string[]>> = {};
  for (const [name, of] of Object.entries(filters)) values[name as FilterName] = [...of];
  return {
    // The API checks the values, and says which one it does not take.
    ...(values as ListFilters),
    ...toBounds(range, nowMillis),
    ...(order === 'asc' && { order }),
  };
}

function toBounds(range: TimeRange, nowMillis: number): Pick<ListFilters, 'from' | 'to'> {
  if (range.type === 'any' || range.type === 'unreadable') return {};
  if (range.type === 'last') {
    return { from: new Date(Math.max(0, nowMillis - range.amount * unitMillis[range.unit])).toISOString() };
  }
  const { from, to } = range;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** The search that these filters of the API stand for. */
export function fromListFilters({ from, to, order = 'desc', ...filters }: ListFilters): Search {
  const range: TimeRange =
    from === undefined && to === undefined
      ? { type: 'any' }
      : { type: 'between', ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return { filters, range, order };
}
