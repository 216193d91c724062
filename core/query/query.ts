// Parses and validates the parameters of a list request. An invalid parameter fails with INVALID_PARAMETER, and the
// message names the parameter and the allowed values. To add a filter, start here.
import { maxClockSkewMillis } from '../contract/clock-skew.ts';
import { isRegionName, regionName } from '../contract/region.ts';
import { lengthOf, lengthPattern } from '../contract/text-length.ts';
import { actions, kinds, verdicts } from '../contract/vocabulary.ts';
import { maxTimeMillis } from '../entry/entry-id.ts';
import { invalidParameter } from '../values/errors.ts';
import { dayMillis, isBefore1970, parseRfc3339, parseUtcDay } from '../values/timestamp.ts';

/** The default and maximum number of entries on a page of a list. */
export const defaultLimit = 50;
export const maxLimit = 200;

/** The maximum number of values of a filter. Each value can be a separate partition to read. */
export const maxFilterValues = 50;

/** The filters, in the order of the API documentation. */
export const filterNames = [
  'action',
  'user',
  'account',
  'region',
  'resource',
  'service',
  'target',
  'kind',
  'type',
  'environment',
  'verdict',
  'disputed',
] as const;

export type FilterName = (typeof filterNames)[number];

/** The values of each filter, sorted and distinct. An entry must match one of them. An absent filter matches all. */
export type Filters = { readonly [name in FilterName]?: readonly string[] };

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
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Whether the response includes the cost. */
  readonly debug: boolean;
}

interface FilterRule {
  /** Describes the allowed values, for error messages. */
  readonly allowed: string;
  /** The same rule as JSON Schema keywords, for the OpenAPI document. */
  readonly form: Readonly<Record<string, string | number | readonly string[]>>;
  /** Returns the normalized value, or `undefined` if it is not allowed. */
  readonly read: (value: string) => string | undefined;
}

const oneOf = (allowed: readonly string[]): FilterRule => ({
  allowed: `one of ${allowed.join(', ')}`,
  form: { enum: allowed },
  read: (value: string) => (allowed.includes(value.toUpperCase()) ? value.toUpperCase() : undefined),
});

const anyText: FilterRule = {
  allowed: '1 to 128 characters; a redaction marker counts as one',
  form: { pattern: `^${lengthPattern(128)}` },
  read: (value) => (value !== '' && lengthOf(value) <= 128 ? value : undefined),
};

/** The rule for the values of each filter. */
export const filterRules: Readonly<Record<FilterName, FilterRule>> = {
  action: oneOf(actions),
  user: anyText,
  account: {
    allowed: 'a 12-digit AWS account ID',
    form: { pattern: '^\\d{12}$' },
    read: (value) => (/^\d{12}$/.test(value) ? value : undefined),
  },
  region: {
    allowed: 'an AWS region name, such as eu-west-1',
    form: { pattern: regionName.source },
    read: (value) => (isRegionName(value) ? value : undefined),
  },
  resource: {
    allowed:
      '1 to 128 characters (a redaction marker counts as one); a trailing * after at least one character matches a prefix',
    form: { pattern: `^(?!\\*$)${lengthPattern(128)}` },
    read: (value) => (value === '*' ? undefined : anyText.read(value)),
  },
  service: anyText,
  target: anyText,
  kind: oneOf(kinds),
  type: anyText,
  environment: anyText,
  verdict: oneOf(verdicts),
  disputed: {
    allowed: 'true, or left out; entries without disputes cannot be searched for',
    form: { enum: ['true'] },
    read: (value) => (value.toLowerCase() === 'true' ? 'true' : undefined),
  },
};

/** Whether a value of the filter `resource` is a prefix. */
export function isPrefix(value: string): boolean {
  return value.endsWith('*');
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
 * Parses a raw query string. The values of a filter can be repeated or comma-separated; `\,` is a comma in a value.
 * Fails with INVALID_PARAMETER.
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
    order: readOrder(single('order')),
    limit: readLimit(single('limit'), { defaultLimit, maxLimit }),
    cursor: single('cursor'),
    debug: readDebug(single('debug')),
  };
}

/** Returns the latest action time of entries recorded until then. Events further in the future are rejected. */
function findLatestOccurrence(recordedToMillis = maxTimeMillis): number {
  return recordedToMillis + maxClockSkewMillis;
}

function readSingle(parameters: URLSearchParams, name: SingleName): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) throw invalidParameter(name, 'must be specified only once');
  return values[0];
}

function readTime(name: SingleName, value: string | undefined, edge: 'start' | 'end'): number | undefined {
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

function readOrder(value: string | undefined): 'asc' | 'desc' {
  if (value === undefined || value === 'desc') return 'desc';
  if (value === 'asc') return 'asc';
  throw invalidParameter('order', 'must be desc (newest first) or asc');
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
    const given = parameters.getAll(name);
    if (given.length === 0) continue;
    const { allowed, read } = filterRules[name];
    const values = new Set<string>();
    for (const part of given.flatMap(splitList)) {
      const value = read(part);
      if (value === undefined) throw invalidParameter(name, `must be ${allowed}`);
      values.add(value);
    }
    if (values.size > maxFilterValues)
      throw invalidParameter(name, `must have at most ${maxFilterValues} values`);
    filters[name] = [...values].sort();
  }
  return filters;
}

/** Splits a comma-separated list; `\,` is a comma inside a value. */
export function splitList(list: string): string[] {
  return list.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ','));
}
