// The query of a list request: its parameters, their checks and what they mean. Callers' mistakes fail with
// INVALID_PARAMETER, naming the parameter and what is allowed.
import { isRegionName, regionName } from '../contract/region.ts';
import { actions, kinds, verdicts } from '../contract/vocabulary.ts';
import { maxTimeMillis } from '../entry/entry-id.ts';
import { invalidParameter } from '../values/errors.ts';
import { dayMillis, parseRfc3339, parseUtcDay } from '../values/timestamp.ts';

export const defaultLimit = 50;
export const maxLimit = 200;

/** Most values that one filter takes; each may be a partition to read. */
export const maxFilterValues = 50;

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
] as const;

export type FilterName = (typeof filterNames)[number];

/** Values of each filter, any of which may match; sorted and without repeats. An absent filter matches all. */
export type Filters = { readonly [name in FilterName]?: readonly string[] };

export interface Query {
  /** Bounds of the time the action occurred, epoch milliseconds, both inclusive. */
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly filters: Filters;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Whether the answer shall say what it cost. */
  readonly debug: boolean;
}

interface FilterRule {
  /** What a value must be, in words. */
  readonly allowed: string;
  /** The same as JSON Schema keywords, for the API document. */
  readonly form: Readonly<Record<string, string | number | readonly string[]>>;
  /** The value as it is searched for; `undefined` when it is not allowed. */
  readonly read: (value: string) => string | undefined;
}

const oneOf = (allowed: readonly string[]): FilterRule => ({
  allowed: `one of ${allowed.join(', ')}`,
  form: { enum: allowed },
  read: (value: string) => (allowed.includes(value.toUpperCase()) ? value.toUpperCase() : undefined),
});

const anyText: FilterRule = {
  allowed: '1 to 128 characters',
  form: { minLength: 1, maxLength: 128 },
  read: (value) => (value.length >= 1 && value.length <= 128 ? value : undefined),
};

/** What each filter takes. */
export const filterRules: Readonly<Record<FilterName, FilterRule>> = {
  action: oneOf(actions),
  user: anyText,
  account: {
    allowed: 'a 12-digit AWS account id',
    form: { pattern: '^\\d{12}$' },
    read: (value) => (/^\d{12}$/.test(value) ? value : undefined),
  },
  region: {
    allowed: 'an AWS region name, such as eu-west-1',
    form: { pattern: regionName.source },
    read: (value) => (isRegionName(value) ? value : undefined),
  },
  resource: {
    allowed: '1 to 128 characters; a trailing * after at least one character matches a prefix',
    form: { minLength: 1, maxLength: 128, pattern: '^(?!\\*$)' },
    read: (value) => (value === '*' ? undefined : anyText.read(value)),
  },
  service: anyText,
  target: anyText,
  kind: oneOf(kinds),
  type: anyText,
  environment: anyText,
  verdict: oneOf(verdicts),
};

/** Whether a value of the filter `resource` stands for every name that begins so. */
export function isPrefix(value: string): boolean {
  return value.endsWith('*');
}

const singleNames = ['from', 'to', 'order', 'limit', 'cursor', 'debug'] as const;
export type SingleName = (typeof singleNames)[number];

/** Every parameter of a list request. */
export const parameterNames: readonly string[] = [...singleNames, ...filterNames];

/** Reads a raw query string. Filters may be repeated or comma-separated; `\,` is a comma inside a value. */
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
  return {
    fromMillis,
    toMillis,
    filters: readFilters(parameters),
    order: readOrder(single('order')),
    limit: readLimit(single('limit'), { usual: defaultLimit, most: maxLimit }),
    cursor: single('cursor'),
    debug: readDebug(single('debug')),
  };
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
  // An offset's plus sign that was not percent-encoded arrives as a space.
  const time = parseRfc3339(value.replace(/ (\d{2}:\d{2})$/, '+$1'));
  if (time !== undefined) return time;
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

/** The parameter `limit`, a whole number from 1 to `most`; `usual` when it is absent. */
export function readLimit(
  value: string | undefined,
  { usual, most }: { usual: number; most: number },
): number {
  if (value === undefined) return usual;
  const limit = /^[1-9]\d{0,3}$/.test(value) ? Number(value) : 0;
  if (limit < 1 || limit > most) throw invalidParameter('limit', `must be a whole number from 1 to ${most}`);
  return limit;
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

function splitList(list: string): string[] {
  return list.split(/(?<!\\),/).map((part) => part.replaceAll('\\,', ','));
}
