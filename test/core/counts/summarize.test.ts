import { describe, expect, it } from 'vitest';
import { mergeSummaries } from '../../../core/counts/merge-summaries.ts';
import { summarize } from '../../../core/counts/summarize.ts';
import { parseSummaryQuery } from '../../../core/counts/summary-query.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { search } from '../../../core/search/search.ts';
import { type EntryParts, makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { generousLimits, makeQuery } from '../../support/search.ts';
import { readParts } from './brute-summary.ts';
import { checkSummaries } from './check-summary.ts';
import { summaryPorts } from './sealed-ports.ts';

const caller = makeCaller();
const hour = 3_600_000;

const entriesOf = (...parts: Omit<EntryParts, 'eventId'>[]) =>
  parts.map((one, place) => makeEntry({ eventId: `evt-${place}`, ...one }));

const at = (time: string) => ({ occurredAtMillis: Date.parse(time) });

async function summaryOf(rawQuery: string, entries: readonly LogEntry[], who = caller) {
  return summarize(parseSummaryQuery(rawQuery), who, await summaryPorts(entries));
}

describe('summarize', () => {
  it('equals brute force for random filters, groupings, time zones, callers, and budgets', async () => {
    await checkSummaries(120, 20);
  });

  it('counts denied attempts apart, and groups that existed only before', async () => {
    const entries = entriesOf(
      { userId: 'u-1', ...at('2026-11-10T08:00:00Z') },
      { userId: 'u-1', verdict: 'DENIED', ...at('2026-11-10T09:00:00Z') },
      { userId: 'u-2', ...at('2026-11-09T08:00:00Z') },
    );
    const summary = await summaryOf('groupBy=user&from=2026-11-10&to=2026-11-10&compare=previous', entries);
    expect(summary).toMatchObject({ total: 1, denied: 1, exact: true, previous: { total: 1, denied: 0 } });
    expect(summary.groups).toEqual([
      {
        key: { user: 'u-1' },
        names: { user: 'Asha Rao' },
        count: 1,
        denied: 1,
        previous: { count: 0, denied: 0 },
      },
      {
        key: { user: 'u-2' },
        names: { user: 'Asha Rao' },
        count: 0,
        denied: 0,
        previous: { count: 1, denied: 0 },
      },
    ]);
  });

  it('uses null for an absent value', async () => {
    const entries = entriesOf({ environment: 'prod' }, {}, {});
    const { groups } = await summaryOf('groupBy=environment', entries);
    expect(groups.map(({ key, count }) => [key.environment, count])).toEqual([
      [null, 2],
      ['prod', 1],
    ]);
  });

  it('keeps hours apart that clocks show twice', async () => {
    const times = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T01:45:00Z'];
    const { groups } = await summaryOf(
      'groupBy=time&interval=hour&timeZone=Europe/Berlin&from=2026-10-25&to=2026-10-25',
      entriesOf(...times.map(at)),
    );
    expect(groups.map(({ key, count }) => [key.time, count])).toEqual([
      ['2026-10-25T00:00:00.000Z', 1],
      ['2026-10-25T01:00:00.000Z', 2],
    ]);
  });

  it('aligns buckets with the same hours and days of the period before, and lists days that the range lacks', async () => {
    const entries = entriesOf(
      ...['2026-02-10T08:00:00Z', '2026-01-10T09:00:00Z', '2026-01-31T09:00:00Z'].map(at),
    );
    const { groups } = await summaryOf(
      'groupBy=time&interval=day&from=2026-02-01&to=2026-02-28&compare=previous',
      entries,
    );
    expect(
      groups.map(({ key, count, previous }) => [key.time?.slice(0, 10), count, previous?.count]),
    ).toEqual([
      ['2026-01-31', 0, 1],
      ['2026-02-10', 1, 1],
    ]);
  });

  it('limits the values beside time, not the buckets', async () => {
    const entries = entriesOf(
      { userId: 'u-1', ...at('2026-11-10T08:00:00Z') },
      { userId: 'u-1', ...at('2026-11-11T08:00:00Z') },
      { userId: 'u-2', ...at('2026-11-11T08:00:00Z') },
    );
    const { groups, others } = await summaryOf(
      'groupBy=time,user&interval=day&from=2026-11-01&top=1',
      entries,
    );
    expect(groups.map(({ key }) => [key.time?.slice(0, 10), key.user])).toEqual([
      ['2026-11-10', 'u-1'],
      ['2026-11-11', 'u-1'],
    ]);
    expect(others).toEqual({ groups: 1, count: 1, denied: 0 });
  });

  it.each([
    'groupBy=time&interval=hour&from=2026-01-01',
    'groupBy=time',
    'groupBy=time&from=2026-11-01&to=9999-12-31',
  ])('rejects too many buckets: %s', async (rawQuery) => {
    await expect(summaryOf(rawQuery, [])).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      field: 'interval',
      message: expect.stringContaining('at most 1,000 buckets'),
    });
  });

  it('ends at its budget with all groups of its part, and the sum of all parts is exact', async () => {
    const entries = entriesOf(
      ...Array.from({ length: 300 }, (_, place) => ({
        userId: `u-${place % 40}`,
        occurredAtMillis: now - (place + 1) * hour,
      })),
    );
    const ports = await summaryPorts(entries, { limits: { readUnits: 4, timeMillis: 60_000 } });
    const parts = await readParts('groupBy=user&top=3&topLists=target', caller, ports);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts[0]).toMatchObject({ exact: false, others: { groups: 0 } });
    expect(parts[0].groups.length).toBeGreaterThan(3);
    const { groups, others, exact, total } = mergeSummaries(parts, { top: 3 });
    expect([groups.length, others.groups, exact, total]).toEqual([3, 37, true, 300]);
    const some = mergeSummaries([parts[0]], { top: 3 });
    expect([some.exact, some.groups.length, some.nextCursor]).toEqual([false, 3, parts[0].nextCursor]);
  });

  it('counts no entry in a later part that was recorded after the first part', async () => {
    const entries = entriesOf(
      ...Array.from({ length: 200 }, (_, place) => ({ occurredAtMillis: now - (place + 1) * hour })),
    );
    const ports = await summaryPorts(entries, { limits: { readUnits: 2, timeMillis: 60_000 } });
    const first = await summarize(parseSummaryQuery('groupBy=user'), caller, ports);
    const [late] = entriesOf({ occurredAtMillis: now - 199.5 * hour, recordedAtMillis: now + 5 });
    await ports.entries.insert([{ ...(late as LogEntry), id: `${late?.id.slice(0, 10)}0000000000000000` }]);
    const later = { ...ports, now: () => now + 60_000 };
    const rest = await readParts(`groupBy=user&cursor=${first.nextCursor}`, caller, later);
    expect(first.total + rest.reduce((sum, { total }) => sum + total, 0)).toBe(200);
    expect(rest.at(-1)?.recordedTo).toBe(first.recordedTo);
  });

  it('rejects a cursor of another request, of another caller, of a list, and from the future', async () => {
    const entries = entriesOf(
      ...Array.from({ length: 200 }, (_, place) => ({ occurredAtMillis: now - (place + 1) * hour })),
    );
    const ports = await summaryPorts(entries, { limits: { readUnits: 2, timeMillis: 60_000 } });
    const { nextCursor } = await summarize(parseSummaryQuery('groupBy=user'), caller, ports);
    const list = await search(makeQuery({ limit: 1, toMillis: now }), caller, ports);
    const send = (rawQuery: string, who = caller, when = ports) =>
      summarize(parseSummaryQuery(rawQuery), who, when);
    const rejection = { code: 'INVALID_CURSOR' };
    await expect(send(`groupBy=role&cursor=${nextCursor}`)).rejects.toMatchObject(rejection);
    await expect(send(`cursor=${list.nextCursor}`)).rejects.toMatchObject(rejection);
    const globex = makeCaller({ organizationId: 'globex' });
    await expect(send(`groupBy=user&cursor=${nextCursor}`, globex)).rejects.toMatchObject(rejection);
    const past = { ...ports, now: () => now - 24 * hour };
    await expect(send(`groupBy=user&cursor=${nextCursor}`, caller, past)).rejects.toMatchObject(rejection);
    // The order and the number of groups can change.
    expect((await send(`groupBy=user&top=1&orderBy=denied&cursor=${nextCursor}`)).exact).toBe(false);
  });

  it('costs at most 1.1 times one pass over both periods', async () => {
    const entries = entriesOf(
      ...Array.from({ length: 300 }, (_, place) => ({
        userId: `u-${place % 9}`,
        name: `name-${place % 70}`,
        occurredAtMillis: now - place * 100 * 60_000,
      })),
    );
    const ports = await summaryPorts(entries);
    const lists = 'topLists=user,target,environment,verdict,service';
    const from = new Date(now - 10 * 24 * hour).toISOString();
    const overview = parseSummaryQuery(
      `groupBy=time,action&${lists}&from=${from}&compare=previous&debug=true`,
    );
    const { exact, total, previous, consumedCapacity } = await summarize(overview, caller, ports);
    expect([exact, total + (previous?.total ?? 0)]).toEqual([true, 288]);
    const onePass = await search(
      makeQuery({ fromMillis: now - 20 * 24 * hour, toMillis: now, limit: 3000, debug: true }),
      caller,
      ports,
    );
    const units = consumedCapacity?.readUnits ?? Number.NaN;
    expect(units / (onePass.consumedCapacity?.readUnits ?? 0)).toBeLessThan(1.1);
  });

  it('refuses the cost to callers limited to accounts', async () => {
    const limited = makeCaller({ accounts: ['123456789012'] });
    await expect(summaryOf('debug=true', [], limited)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      field: 'debug',
    });
  });

  it('is not exact if the details of entries cannot be read', async () => {
    const entries = entriesOf({}, {});
    const ports = await summaryPorts(entries, { limits: generousLimits });
    const unreadable = {
      ...ports,
      details: {
        ...ports.details,
        getDetails: async () => ({
          entries: new Map(),
          unreadable: new Set([entries[0]?.id ?? '']),
          readUnits: 1,
        }),
      },
    };
    const summary = await summarize(parseSummaryQuery('reason=incident'), caller, unreadable);
    expect(summary).toMatchObject({ exact: false, nextCursor: null, notSearched: { count: 1 } });
    expect(mergeSummaries([{ ...summary, nextCursor: 'c' }, summary]).exact).toBe(false);
  });
});
