// Counts entries by brute force, with local dates from Intl instead of time zone arithmetic, and generates requests.
import fc from 'fast-check';
import type { Caller } from '../../../core/access/caller.ts';
import { summarize } from '../../../core/counts/summarize.ts';
import type { SummaryPorts } from '../../../core/counts/summarize-log.ts';
import { type Dimension, dimensions, type Group, type Summary } from '../../../core/counts/summary.ts';
import { parseSummaryQuery } from '../../../core/counts/summary-query.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { type EntryParts, entryParts, makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, makeQuery } from '../../support/search.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The day on which clocks go back in most of Europe, in the middle of the generated entries. */
export const someTime = Date.parse('2026-10-25T00:00:00.000Z');

/** Entries of six weeks around the clock change, some of them late, expired, or denied. */
const countedEntriesOf = (
  length: fc.ArrayConstraints,
  expiries: readonly (number | undefined)[],
  more: Partial<EntryParts> = {},
) =>
  fc
    .array(
      fc.record({
        parts: entryParts,
        offset: fc.oneof(
          fc.integer({ min: -21 * day, max: 21 * day }),
          fc.integer({ min: -3 * day, max: 3 * day }),
          fc.constantFrom(0, hour, -hour, day, -day, -1),
        ),
        delay: fc.constantFrom(1500, 1500, 3 * day, 20 * day),
        expiresAt: fc.constantFrom(...expiries),
      }),
      length,
    )
    .map((list) =>
      list.map(({ parts, offset, delay, expiresAt }, place) => {
        const occurredAtMillis = someTime + offset;
        const recordedAtMillis = occurredAtMillis + delay;
        return makeEntry({
          ...parts,
          ...more,
          eventId: `evt-${place}`,
          occurredAtMillis,
          recordedAtMillis,
          expiresAt,
        });
      }),
    );

export const countedEntries = countedEntriesOf({ minLength: 1, maxLength: 250 }, [
  undefined,
  undefined,
  someTime / 1000,
  4_000_000_000,
]);

/**
 * Enough of them that reading the sealed log is cheaper than reading an index. Their retention is no setting, so all of them
 * are in the same segments.
 */
export const manyCountedEntries = countedEntriesOf(
  { minLength: 320, maxLength: 340 },
  [undefined, undefined, (someTime - 22 * day) / 1000, 8_000_000_000],
  { organizationId: 'acme' },
);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Most requests leave a filter out, so that something is left to count. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary, weight: 1 });

const instant = fc.oneof(
  fc.integer({ min: -25 * day, max: 25 * day }).map((offset) => new Date(someTime + offset).toISOString()),
  fc.integer({ min: -20, max: 20 }).map((days) => new Date(someTime + days * day).toISOString().slice(0, 10)),
);

/** Ranges that are exactly a day, an ISO week, a month, a quarter, or a year of a time zone. */
const calendarRanges = fc.constantFrom(
  { timeZone: 'Europe/Berlin', from: '2026-10-25T00:00:00+02:00', to: '2026-10-25T23:59:59.999+01:00' },
  { timeZone: 'Europe/Berlin', from: '2026-10-26T00:00:00+01:00', to: '2026-11-01T23:59:59.999+01:00' },
  { timeZone: 'Europe/Berlin', from: '2026-11-01T00:00:00+01:00', to: '2026-11-30T23:59:59.999+01:00' },
  { timeZone: 'UTC', from: '2026-11-01', to: '2026-11-30' },
  { timeZone: 'UTC', from: '2026-10-01', to: '2026-12-31' },
  { timeZone: 'Asia/Kolkata', from: '2026-11-02T00:00:00+05:30', to: '2026-11-02T23:59:59.999+05:30' },
  { timeZone: 'America/New_York', from: '2026-11-01T00:00:00-04:00', to: '2026-11-01T23:59:59.999-05:00' },
);

/** The parameters of a valid request, except that a time grouping can have too many buckets. */
export const requests = fc
  .record({
    range: fc.oneof(
      { arbitrary: fc.record({ bounds: fc.tuple(optional(instant), optional(instant)) }), weight: 3 },
      { arbitrary: calendarRanges, weight: 1 },
    ),
    timeZone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    ),
    groupBy: fc.subarray([...dimensions], { maxLength: 2 }),
    interval: optional(fc.constantFrom('hour', 'day', 'week', 'auto')),
    topLists: fc.subarray(['user', 'target', 'environment', 'verdict', 'service'], { maxLength: 3 }),
    top: fc.constantFrom(1, 2, 50),
    orderBy: fc.constantFrom('count', 'denied', 'change'),
    compare: fc.boolean(),
    recordedTo: seldom(instant),
    filters: fc.record({
      action: seldom(fc.constantFrom('CREATE', 'UPDATE,DELETE', '!DELETE')),
      user: seldom(fc.constantFrom('u-1', 'U*', '!u-2')),
      account: seldom(fc.constantFrom('111111111111', '!111111111111')),
      environment: seldom(fc.constantFrom('prod', 'p*', '!test')),
      verdict: seldom(fc.constantFrom('DENIED', 'VIOLATION,DENIED', '!PERMITTED')),
      resource: seldom(fc.constantFrom('orders-d', 'c*')),
    }),
  })
  .map(({ range, timeZone, groupBy, interval, topLists, compare, orderBy, filters, ...rest }) => {
    const bounds = 'bounds' in range ? [...range.bounds].sort() : [];
    const given: Record<string, string | number | undefined> = {
      timeZone,
      ...('from' in range ? range : { from: bounds[0], to: bounds[1] }),
      groupBy: groupBy.join() || undefined,
      interval: groupBy.includes('time') ? interval : undefined,
      topLists: topLists.join() || undefined,
      ...filters,
      ...rest,
    };
    if (compare && given.from !== undefined) Object.assign(given, { compare: 'previous', orderBy });
    const entries = Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return new URLSearchParams(entries).toString();
  })
  .filter(isValid);

function isValid(rawQuery: string): boolean {
  try {
    parseSummaryQuery(rawQuery);
    return true;
  } catch {
    return false;
  }
}

export const limitedCallers = fc
  .option(fc.subarray(['111111111111', '222222222222']), { nil: undefined })
  .map((accounts) => makeCaller({ accounts }));

/** All answers of a summary, in order. */
export async function readParts(
  rawQuery: string,
  caller: Caller,
  ports: SummaryPorts,
): Promise<[Summary, ...Summary[]]> {
  const parts = [await summarize(parseSummaryQuery(rawQuery), caller, ports)] as [Summary, ...Summary[]];
  for (let next = parts[0].nextCursor; next !== null; ) {
    const parameters = new URLSearchParams(rawQuery);
    parameters.set('cursor', next);
    const part = await summarize(parseSummaryQuery(parameters.toString()), caller, ports);
    parts.push(part);
    next = part.nextCursor;
    if (parts.length > 5000) throw new Error('the summary does not end');
  }
  return parts;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall-clock time as a number, from the text of Intl. */
function toWall(instant: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
}

/** The text of the hour, the day, or the Monday of a wall-clock time. */
function toBucket(wall: number, interval: string): string {
  if (interval === 'hour') return new Date(wall).toISOString().slice(0, 13);
  const days = interval === 'day' ? 0 : (new Date(wall).getUTCDay() + 6) % 7;
  return new Date(wall - days * day).toISOString().slice(0, 10);
}

/** A summary as plain numbers by the text of a key, where an hour that clocks repeat is one. */
export type PlainCounts = Record<string, Numbers>;

interface Numbers {
  count: number;
  denied: number;
  before: number;
  beforeDenied: number;
}

function numbersOf(counts: PlainCounts, key: string): Numbers {
  const numbers = counts[key] ?? { count: 0, denied: 0, before: 0, beforeDenied: 0 };
  counts[key] = numbers;
  return numbers;
}

/** The numbers of an answer's groups, with times as local texts. */
export function toPlainCounts(
  groups: readonly Group[],
  summary: Summary,
  groupBy: readonly Dimension[],
): PlainCounts {
  const counts: PlainCounts = {};
  for (const { key, count, denied, previous } of groups) {
    const values = groupBy.map((name) =>
      name === 'time'
        ? toBucket(toWall(Date.parse(key.time ?? ''), summary.timeZone), summary.interval ?? '')
        : key[name],
    );
    const one = numbersOf(counts, JSON.stringify(values));
    one.count += count;
    one.denied += denied;
    one.before += previous?.count ?? 0;
    one.beforeDenied += previous?.denied ?? 0;
  }
  return counts;
}

const wholeUnits = [
  (wall: number) => [wall - day, wall + day],
  (wall: number) => [wall - 7 * day, wall + 7 * day],
  ...[1, 3, 12].map((months) => (wall: number) => [addMonths(wall, -months), addMonths(wall, months)]),
];

function addMonths(wall: number, months: number): number {
  const date = new Date(wall);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

/** The same numbers by brute force. The range and the previous period are those of the answer. */
export function countByBruteForce(
  entries: readonly LogEntry[],
  rawQuery: string,
  caller: Caller,
  summary: Summary,
  groupBy: readonly Dimension[],
): PlainCounts {
  const { query } = parseSummaryQuery(rawQuery);
  const [from, to] = [Date.parse(summary.from), Date.parse(summary.to)];
  const previousFrom = summary.previous ? Date.parse(summary.previous.from) : from;
  const items = bruteForce(
    entries,
    makeQuery({
      ...query,
      fromMillis: previousFrom,
      toMillis: to,
      ...(summary.recordedTo && { recordedToMillis: Date.parse(summary.recordedTo) }),
    }),
    caller,
  );
  const zone = summary.timeZone;
  const wallFrom = toWall(from, zone);
  const isUnit =
    summary.previous !== undefined &&
    // Local texts have no milliseconds.
    from % 1000 === 0 &&
    wholeUnits.some((unit) => {
      const [before, next] = unit(wallFrom) as [number, number];
      return toWall(previousFrom, zone) === before && toWall(to + 1, zone) === next && wallFrom % day === 0;
    });
  const shift = isUnit ? wallFrom - toWall(previousFrom, zone) : 0;
  const counts: PlainCounts = {};
  for (const item of items) {
    const time = Date.parse(item.timestamp);
    const isBefore = time < from;
    let wall = toWall(time, zone);
    if (isBefore && isUnit) wall = wall + shift < toWall(to + 1, zone) ? wall + shift : wall;
    else if (isBefore) wall = toWall(time + (to - from + 1), zone);
    const { target, user } = item;
    const service = target.kind === 'SERVICE' ? target.name : target.serviceName;
    const all: Record<Dimension, string | undefined> = {
      ...{ time: toBucket(wall, summary.interval ?? ''), action: item.action, verdict: item.verdict },
      ...{ user: user.id, target: target.id, kind: target.kind, type: target.type, service },
      ...{ account: item.accountId, region: item.region, environment: item.environment, role: item.role },
    };
    const key = JSON.stringify(groupBy.map((name) => all[name] ?? null));
    const one = numbersOf(counts, key);
    const isDenied = item.decision === 'DENIED';
    if (isBefore) one[isDenied ? 'beforeDenied' : 'before']++;
    else one[isDenied ? 'denied' : 'count']++;
  }
  return counts;
}
