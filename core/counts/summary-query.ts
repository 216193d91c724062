// Parses a summary request: the time range and the filters of a list request, and how to group and compare the entries.
// An invalid parameter fails with INVALID_PARAMETER, and the message names the parameter and the allowed values.
import { parameterNames, parseQuery, type Query } from '../query/query.ts';
import { invalidParameter } from '../values/errors.ts';
import { type Interval, intervals } from './intervals.ts';
import { defaultTop } from './merge-summaries.ts';
import { type Dimension, dimensions, type GroupOrder, groupOrders } from './summary.ts';
import { TimeZone } from './time-zone.ts';

/** The maximum number of dimensions of a grouping. */
export const maxDimensions = 2;

/** The maximum number of groups that a request can list. */
export const maxTop = 50;

/** The maximum number of further lists in one request. */
export const maxTopLists = 5;

/** What a top list can be grouped by. */
export const topListDimensions = dimensions.filter((name) => name !== 'time');

/** A parsed summary request. */
export interface SummaryQuery {
  /** The range and filters. Its cursor belongs to the summary. */
  readonly query: Query;
  /** Whether the request named the end of the range. Otherwise, the range ends when the summary is made. */
  readonly hasEnd: boolean;
  readonly groupBy: readonly Dimension[];
  /** `undefined` chooses one by the length of the range. */
  readonly interval: Interval | undefined;
  readonly zone: TimeZone;
  readonly top: number;
  readonly topLists: readonly Dimension[];
  readonly orderBy: GroupOrder;
  readonly isCompared: boolean;
  /** The size of the sealed log whose entries are counted. `undefined` counts everything. */
  readonly asOf: number | undefined;
}

/** The parameters that only summaries have. */
export const summaryNames = [
  'groupBy',
  'interval',
  'timeZone',
  'top',
  'topLists',
  'orderBy',
  'compare',
  'asOf',
] as const;
export type SummaryName = (typeof summaryNames)[number];

/** The parameters of a summary request. */
export const summaryParameterNames: readonly string[] = [
  ...summaryNames,
  ...parameterNames.filter((name) => name !== 'order' && name !== 'limit'),
];

/** Parses a raw query string. Fails with INVALID_PARAMETER. */
export function parseSummaryQuery(rawQueryString: string): SummaryQuery {
  const parameters = new URLSearchParams(rawQueryString);
  for (const name of parameters.keys()) requireKnown(name);
  const read = <Value extends string>(name: SummaryName, allowed: readonly Value[]) =>
    readOneOf(parameters, name, allowed);
  const groupBy = readDimensions(parameters, 'groupBy', dimensions, maxDimensions);
  const interval = read('interval', ['auto', ...intervals]) ?? 'auto';
  if (parameters.has('interval') && !groupBy.includes('time')) {
    throw invalidParameter('interval', 'requires groupBy=time');
  }
  const isCompared = read('compare', ['previous']) !== undefined;
  if (isCompared && !parameters.has('from')) {
    throw invalidParameter('compare', 'requires from: without it, there is no previous period');
  }
  const orderBy = read('orderBy', groupOrders) ?? 'count';
  if (orderBy === 'change' && !isCompared) {
    throw invalidParameter('orderBy', 'must be change only with compare=previous');
  }
  const own = {
    groupBy,
    interval: interval === 'auto' ? undefined : interval,
    zone: readZone(parameters),
    top: readTop(parameters),
    topLists: readDimensions(parameters, 'topLists', topListDimensions, maxTopLists),
    orderBy,
    isCompared,
    asOf: readAsOf(parameters),
  };
  for (const name of summaryNames) parameters.delete(name);
  return { ...own, query: parseQuery(parameters.toString()), hasEnd: parameters.has('to') };
}

function requireKnown(name: string): void {
  if (summaryParameterNames.includes(name)) return;
  throw invalidParameter(
    name.slice(0, 64),
    `is not a parameter; allowed parameters are ${summaryParameterNames.join(', ')}`,
  );
}

function readSingle(parameters: URLSearchParams, name: SummaryName): string | undefined {
  const [value, ...more] = parameters.getAll(name);
  if (more.length > 0) throw invalidParameter(name, 'must be specified only once');
  return value;
}

function readOneOf<Value extends string>(
  parameters: URLSearchParams,
  name: SummaryName,
  allowed: readonly Value[],
): Value | undefined {
  const value = readSingle(parameters, name);
  const known = allowed.find((one) => one === value);
  if (known === undefined && value !== undefined) {
    throw invalidParameter(
      name,
      allowed.length === 1 ? `must be ${allowed[0]}` : `must be one of ${allowed.join(', ')}`,
    );
  }
  return known;
}

/** Reads a list whose values can be separated by commas or given one by one. */
function readDimensions(
  parameters: URLSearchParams,
  name: SummaryName,
  allowed: readonly Dimension[],
  maxCount: number,
): readonly Dimension[] {
  const given = parameters.getAll(name).flatMap((list) => list.split(','));
  const read = given.map((value) => {
    const known = allowed.find((one) => one === value);
    if (known === undefined) throw invalidParameter(name, `must be one of ${allowed.join(', ')}`);
    return known;
  });
  const repeated = read.find((value, place) => read.indexOf(value) < place);
  if (repeated !== undefined) throw invalidParameter(name, `must not contain ${repeated} twice`);
  if (read.length > maxCount) throw invalidParameter(name, `must have at most ${maxCount} values`);
  return read;
}

function readZone(parameters: URLSearchParams): TimeZone {
  const zone = TimeZone.find(readSingle(parameters, 'timeZone') ?? 'UTC');
  if (zone !== undefined) return zone;
  throw invalidParameter('timeZone', 'must be an IANA time zone, such as Europe/Berlin or UTC');
}

/** The text of a size of the sealed log. */
const sizePattern = /^[1-9]\d{0,14}$/;

function readAsOf(parameters: URLSearchParams): number | undefined {
  const value = readSingle(parameters, 'asOf');
  if (value === undefined) return undefined;
  if (!sizePattern.test(value)) {
    throw invalidParameter(
      'asOf',
      'must be a size of the sealed log, such as the asOf of an answer; to limit the time of recording, send recordedTo',
    );
  }
  if (!parameters.has('to')) {
    throw invalidParameter('asOf', 'requires to: without it, the range ends at the time of the answer');
  }
  return Number(value);
}

function readTop(parameters: URLSearchParams): number {
  const value = readSingle(parameters, 'top');
  if (value === undefined) return defaultTop;
  const top = /^[1-9]\d?$/.test(value) ? Number(value) : 0;
  if (top >= 1 && top <= maxTop) return top;
  throw invalidParameter('top', `must be a whole number from 1 to ${maxTop}`);
}
