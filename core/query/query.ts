// Parses and validates the parameters of a list request. An invalid parameter fails with INVALID_PARAMETER, and the
// message names the parameter and the allowed values. filters.ts defines the filters.
import { maxClockSkewMillis } from '../contract/clock-skew.ts';
import { maxTimeMillis } from '../entry/entry-id.ts';
import { invalidParameter } from '../values/errors.ts';
import { dayMillis, isBefore1970, parseRfc3339, parseUtcDay } from '../values/timestamp.ts';
import { type FilterName, type Filters, filterNames, readFilter } from './filters.ts';

export { type FilterName, type Filters, filterNames } from './filters.ts';

/** The default and maximum number of entries on a page of a list. */
export const defaultLimit = 50;
export const maxLimit = 200;

/** A parsed list request. */
export interface Query {
  /** Bounds of the time when the action occurred, in epoch milliseconds, both inclusive. */
  readonly fromMillis: number;
  readonly toMillis: number;
  /** Bounds of the time the entry was recorded, epoch milliseconds, inclusive. */
  readonly recordedFromMillis?: number | undefined;
  readonly recordedToMillis?: number | undefined;
  readonly filters: Filters;
  readonly order: 'asc' | 'desc';
  /** Whether the list is in the order of the sealed log and contains sealed entries only. `order` is then `asc`. */
  readonly isInLogOrder?: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Whether the response includes the cost. */
  readonly debug: boolean;
}

const singleNames = [
  'from',
  'to',
  'recordedFrom',
  'recordedTo',
  'order',
  'limit',
  'cursor',
  'debug',
] as const;
export type SingleName = (typeof singleNames)[number];

/** The parameters of a list request. */
export const parameterNames: readonly string[] = [...singleNames, ...filterNames];

/**
 * Parses a raw query string. A filter can be repeated, and each time is a list of terms (filter-grammar.ts). Fails with
 * INVALID_PARAMETER.
 */
export function parseQuery(rawQueryString: string): Query {
  const parameters = new URLSearchParams(rawQueryString);
  for (const name of parameters.keys()) {
    if (!parameterNames.includes(name)) {
      throw invalidParameter(
        name.slice(0, 64),
        `is not a parameter; allowed parameters are ${parameterNames.join(', ')}`,
      );
    }
  }
  const single = (name: SingleName) => readSingle(parameters, name);
  const fromMillis = readTime('from', single('from'), 'start') ?? 0;
  const toMillis = readTime('to', single('to'), 'end') ?? maxTimeMillis;
  if (fromMillis > toMillis) throw invalidParameter('from', 'must not be after to');
  const recordedFromMillis = readTime('recordedFrom', single('recordedFrom'), 'start');
  const recordedToMillis = readTime('recordedTo', single('recordedTo'), 'end');
  if (
    recordedFromMillis !== undefined &&
    recordedToMillis !== undefined &&
    recordedFromMillis > recordedToMillis
  )
    throw invalidParameter('recordedFrom', 'must not be after recordedTo');
  return {
    fromMillis,
    toMillis: Math.min(toMillis, Math.max(fromMillis, findLatestOccurrence(recordedToMillis))),
    ...(recordedFromMillis === undefined ? {} : { recordedFromMillis }),
    ...(recordedToMillis === undefined ? {} : { recordedToMillis }),
    filters: readFilters(parameters),
    ...readOrder(single('order')),
    limit: readLimit(single('limit'), { defaultLimit, maxLimit }),
    cursor: single('cursor'),
    debug: readDebug(single('debug')),
  };
}

/** Returns the latest action time of entries recorded until then. Events further in the future are rejected. */
function findLatestOccurrence(recordedToMillis = maxTimeMillis): number {
  return recordedToMillis + maxClockSkewMillis;
}

/** Returns the only value of a parameter, or `undefined` if it is absent. */
export function readSingle(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) throw invalidParameter(name, 'must be specified only once');
  return values[0];
}

/** Returns the epoch milliseconds of a time, or of the start or end of a UTC day. */
export function readTime(name: string, value: string | undefined, edge: 'start' | 'end'): number | undefined {
  if (value === undefined) return undefined;
  const day = parseUtcDay(value);
  if (day !== undefined) return edge === 'start' ? day : day + dayMillis - 1;
  // In a query string, a plus sign that is not percent-encoded decodes to a space.
  const text = value.replace(/ (\d{2}:\d{2})$/, '+$1');
  const time = parseRfc3339(text);
  if (time !== undefined) return time;
  if (isBefore1970(text)) throw invalidParameter(name, 'must be 1970-01-01 or later: entries begin there');
  throw invalidParameter(
    name,
    'must be an RFC 3339 date and time, such as 2026-11-05T16:40:51Z, or a date YYYY-MM-DD',
  );
}

/** The values of the parameter `order`. */
export const orders = ['desc', 'asc', 'recorded'] as const;
export type Order = (typeof orders)[number];

function readOrder(value: string | undefined): Pick<Query, 'order' | 'isInLogOrder'> {
  if (value === undefined || value === 'desc') return { order: 'desc' };
  if (value === 'asc') return { order: 'asc' };
  if (value === 'recorded') return { order: 'asc', isInLogOrder: true };
  throw invalidParameter(
    'order',
    'must be desc (newest first), asc, or recorded (the order of the sealed log)',
  );
}

/** Returns the parameter `limit`, a whole number from 1 to `maxLimit`, or `defaultLimit` if it is absent. */
export function readLimit(
  value: string | undefined,
  range: { readonly defaultLimit: number; readonly maxLimit: number },
): number {
  if (value === undefined) return range.defaultLimit;
  const limit = /^[1-9]\d{0,3}$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= range.maxLimit) return limit;
  throw invalidParameter('limit', `must be a whole number from 1 to ${range.maxLimit}`);
}

function readDebug(value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalidParameter('debug', 'must be true or false');
}

function readFilters(parameters: URLSearchParams): Filters {
  const filters: { [name in FilterName]?: readonly string[] } = {};
  for (const name of filterNames) {
    const lists = parameters.getAll(name);
    if (lists.length > 0) filters[name] = readFilter(name, lists);
  }
  return filters;
}
