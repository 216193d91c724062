// Parses and validates a request for the history of a target. An invalid parameter fails with INVALID_PARAMETER, and the
// message names the parameter and the allowed values.
import { isRegionName } from '../contract/region.ts';
import { lengthOf } from '../contract/text-length.ts';
import { maxTimeMillis } from '../entry/entry-id.ts';
import { defaultLimit, maxLimit, readLimit, readSingle, readTime } from '../query/query.ts';
import { invalidParameter } from '../values/errors.ts';

/** The parameters of a history request, in the order of the API documentation. */
export const historyParameterNames = [
  'target',
  'account',
  'region',
  'type',
  'at',
  'diff',
  'knownAt',
  'limit',
  'cursor',
] as const;

/** The maximum length of a target ID, in characters. */
export const maxTargetLength = 128;

/** Two moments, in epoch milliseconds. The first is not after the second. */
export interface Span {
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** A parsed history request. At most one of `atMillis` and `diff` is present. */
export interface HistoryQuery {
  readonly target: string;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly type?: string | undefined;
  readonly atMillis?: number | undefined;
  readonly diff?: Span | undefined;
  /** Only entries recorded until then, in epoch milliseconds. */
  readonly knownAtMillis?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Parses a raw query string. Fails with INVALID_PARAMETER. */
export function parseHistoryQuery(rawQueryString: string): HistoryQuery {
  const parameters = new URLSearchParams(rawQueryString);
  for (const name of parameters.keys()) {
    if (!(historyParameterNames as readonly string[]).includes(name)) {
      throw invalidParameter(
        name.slice(0, 64),
        `is not a parameter of a history; allowed parameters are ${historyParameterNames.join(', ')}`,
      );
    }
  }
  const single = (name: (typeof historyParameterNames)[number]) => readSingle(parameters, name);
  const at = single('at');
  const diff = single('diff');
  const limit = single('limit');
  if (at !== undefined && diff !== undefined) throw invalidParameter('at', 'must not be combined with diff');
  if (at !== undefined && limit !== undefined)
    throw invalidParameter('limit', 'must not be combined with at');
  return {
    target: readTarget(single('target')),
    account: readMatching('account', single('account'), isAccountId, 'a 12-digit AWS account ID'),
    region: readMatching('region', single('region'), isRegionName, 'an AWS region name, such as eu-west-1'),
    type: readMatching('type', single('type'), isType, 'a target type, such as rds'),
    atMillis: readTime('at', at, 'end'),
    diff: diff === undefined ? undefined : readSpan(diff),
    knownAtMillis: readTime('knownAt', single('knownAt'), 'end'),
    limit: readLimit(limit, { defaultLimit, maxLimit }),
    cursor: single('cursor'),
  };
}

function readTarget(value: string | undefined): string {
  if (value !== undefined && value !== '' && lengthOf(value) <= maxTargetLength) return value;
  throw invalidParameter(
    'target',
    `must be the ID of a service or resource, 1 to ${maxTargetLength} characters`,
  );
}

function readMatching(
  name: string,
  value: string | undefined,
  isAllowed: (value: string) => boolean,
  allowed: string,
): string | undefined {
  if (value === undefined || isAllowed(value)) return value;
  throw invalidParameter(name, `must be ${allowed}`);
}

const isAccountId = (value: string) => /^\d{12}$/.test(value);
const isType = (value: string) => /^[A-Za-z0-9._:-]{1,64}$/.test(value);

/** Reads two times. Of a date, the first means the start of the day and the second means its end. */
function readSpan(value: string): Span {
  const [from, to, ...more] = value.split(',');
  if (to === undefined || more.length > 0) {
    throw invalidParameter('diff', 'must be two times with a comma between them, the earlier one first');
  }
  const fromMillis = readTime('diff', from, 'start') ?? 0;
  const toMillis = readTime('diff', to, 'end') ?? maxTimeMillis;
  if (fromMillis > toMillis) throw invalidParameter('diff', 'must have the earlier time first');
  return { fromMillis, toMillis };
}
