// A search: filters, a time range and an order. The URL, the filter bar and, after relative times are resolved, requests
// all use it.
import type { ListQuery } from '../../../client/client.ts';
import type { FilterName, Filters } from '../../../core/query/query.ts';

export const rangeUnits = ['minute', 'hour', 'day', 'week'] as const;
export type RangeUnit = (typeof rangeUnits)[number];

/** Maximum amount of a unit in a relative range. */
export const maxAmount = 99_999;

export type TimeRange =
  | { readonly type: 'any' }
  /** Relative: up to the current time. */
  | { readonly type: 'last'; readonly amount: number; readonly unit: RangeUnit }
  /** Absolute, in the API's formats: RFC 3339 or a UTC day. Inclusive. At least one of the bounds is present. */
  | { readonly type: 'between'; readonly from?: string; readonly to?: string }
  /** Invalid, as written in the URL: a malformed `last`, or `last` together with bounds. Never sent to the API. */
  | { readonly type: 'unreadable'; readonly last: string; readonly from?: string; readonly to?: string };

/** Bounds of the time at which entries were recorded, in the API's formats. Inclusive. */
export interface RecordedRange {
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
}

export interface Search {
  readonly filters: Filters;
  readonly range: TimeRange;
  /** Absent if entries recorded at any time match. */
  readonly recorded?: RecordedRange | undefined;
  /** `desc` is newest first. */
  readonly order: 'desc' | 'asc';
  /** Absent if the list shows the entries in order of time. */
  readonly groupBy?: 'target' | undefined;
  /**
   * The size of the sealed log that the overview counts, so that a link repeats its numbers. `NaN` if the URL contains no
   * number, which the API rejects. Absent if the overview counts everything.
   */
  readonly asOf?: number | undefined;
}

/** A search in the API's parameters: what determines which entries match, without paging. */
export type ListFilters = Omit<ListQuery, 'cursor' | 'limit' | 'debug' | 'order'> & {
  readonly order?: 'asc' | 'desc';
};

export const emptySearch: Search = { filters: {}, range: { type: 'any' }, order: 'desc' };

const unitMillis: Readonly<Record<RangeUnit, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** Converts a search to API parameters. Resolves relative times from `nowMillis`, and omits an invalid range. */
export function toListFilters({ filters, range, recorded, order }: Search, nowMillis: number): ListFilters {
  const values: Partial<Record<FilterName, string[]>> = {};
  for (const [name, of] of Object.entries(filters)) values[name as FilterName] = [...of];
  return {
    // The API validates the values.
    ...(values as ListFilters),
    ...toBounds(range, nowMillis),
    ...recorded,
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

/** Converts API parameters to a search. */
export function fromListFilters(query: ListFilters): Search {
  const { from, to, recordedFrom, recordedTo, order = 'desc', ...filters } = query;
  const range: TimeRange =
    from === undefined && to === undefined
      ? { type: 'any' }
      : { type: 'between', ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return { filters, range, ...readRecorded(recordedFrom, recordedTo), order };
}

/** Returns the part of a search for these bounds. Empty if there are none. */
export function readRecorded(recordedFrom?: string, recordedTo?: string): Pick<Search, 'recorded'> {
  if (recordedFrom === undefined && recordedTo === undefined) return {};
  return {
    recorded: {
      ...(recordedFrom !== undefined && { recordedFrom }),
      ...(recordedTo !== undefined && { recordedTo }),
    },
  };
}
