// Tests callers limited to more accounts and Regions than a page can read: their results, their cost, and what they can
// learn about other accounts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { lowestIdAt, timeOf } from '../../../core/entry/entry-id.ts';
import type { Query } from '../../../core/query/query.ts';
import { fillFromWindow } from '../../../core/search/aligned-window.ts';
import { KWayMerge } from '../../../core/search/k-way-merge.ts';
import type { Page } from '../../../core/search/page.ts';
import { maxLimitedPartitions, type Plan } from '../../../core/search/plan.ts';
import { planSearch, type SearchPorts, search } from '../../../core/search/search.ts';
import { indexPartitionKey } from '../../../core/storage/keys.ts';
import { entrySets, makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, fill, makeQuery, memoryPorts, walk } from '../../support/search.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-10T00:00:00.000Z');
const limits = { readUnits: 16, timeMillis: 60_000 };
/** The maximum entries that a page reads in its window: 12 per read unit, half of them before its start. */
const maxEntries = (limits.readUnits * 12) / 2;

const own = '111111111111';
const other = '999999999999';
/** More accounts than a page can read partitions. Only the first account has entries. */
const accounts = Array.from({ length: maxLimitedPartitions + 1 }, (_, number) =>
  String(111_111_111_111 + number),
);
const caller = makeCaller({ accounts });

const entryAt = (accountId: string, occurredAtMillis: number, number: number) =>
  makeEntry({ eventId: `${accountId}-${occurredAtMillis}-${number}`, occurredAtMillis, accountId });

function spread(accountId: string, count: number, from: number, to: number): LogEntry[] {
  return Array.from({ length: count }, (_, number) =>
    entryAt(accountId, from + Math.floor(((to - from) * number) / count), number),
  );
}

/** Counts the index reads and their read units. */
function watch(ports: SearchPorts) {
  const cost = { requests: 0, readUnits: 0 };
  const entries: SearchPorts['entries'] = {
    readIndex: async (read) => {
      const chunk = await ports.entries.readIndex(read);
      cost.requests++;
      cost.readUnits += chunk.readUnits;
      return chunk;
    },
  };
  return { ports: { ...ports, entries }, cost };
}

const shapeOf = ({ items, complete, searchedThrough, nextCursor }: Page) => ({
  ids: items.map(({ id }) => id),
  complete,
  searchedThrough,
  nextCursor,
});

describe('a page of a caller limited to many accounts and Regions', () => {
  it('is read from the time index when 100 accounts have 17 Regions, within the read budget', async () => {
    const ids = accounts.slice(0, 100);
    const entries = spread(other, 300, Date.parse('2026-11-20'), Date.parse('2026-11-20') + day / 2).map(
      (entry, number) => ({
        ...entry,
        accountId: ids[number % 100] as string,
        region: `eu-west-${(number % 17) + 1}`,
      }),
    );
    const defaultLimits = { readUnits: 128, timeMillis: 60_000 };
    const stores = await memoryPorts(entries, { limits: defaultLimits });
    for (const accountId of ids) {
      const regions = Array.from({ length: 17 }, (_, number) => `eu-west-${number + 1}`);
      const rows = regions.map((value) => ({ field: 'accountRegions' as const, term: accountId, value }));
      await stores.directory.ensure('acme', rows);
    }
    const { ports, cost } = watch(stores);
    let cursor: string | undefined;
    const found: string[] = [];
    do {
      const page = await search(makeQuery({ cursor }), makeCaller({ accounts: ids }), ports);
      found.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      expect(cost.requests).toBeLessThan(40);
      expect(cost.readUnits).toBeLessThanOrEqual(defaultLimits.readUnits);
      Object.assign(cost, { requests: 0, readUnits: 0 });
    } while (cursor !== undefined && found.length < 50);
    const expected = entries.map(({ id }) => id).sort();
    expect(found).toEqual(expected.reverse().slice(0, found.length));
    expect(found.length).toBeGreaterThanOrEqual(50);
  });

  it('does not read the directory if the accounts alone exceed the limit', async () => {
    const ports = await memoryPorts([], { limits });
    const planned = await planSearch(makeQuery(), caller, ports);
    expect(planned).toMatchObject({ readUnits: 0, plans: [{ index: 'time', isExact: true }] });
  });

  it('returns every matching entry, and always makes progress', async () => {
    const random = fc.record({
      limit: fc.constantFrom(1, 3, 50),
      order: fc.constantFrom('asc' as const, 'desc' as const),
      bounds: fc.tuple(
        fc.constantFrom(0, start, start + 1, start + day),
        fc.constantFrom(start, start + day, start + 9 * day, Date.parse('2030-01-01')),
      ),
      filters: fc.constantFrom(
        {},
        { action: ['CREATE' as const] },
        { user: ['u-1'] },
        { account: ['222222222222'] },
      ),
    });
    const many = [...accounts, '222222222222', '333333333333'];
    await fc.assert(
      fc.asyncProperty(
        entrySets(60),
        random,
        fc.constantFrom(0, 0.5, 1, 128),
        async (entries, { bounds, ...rest }, readUnits) => {
          const query = makeQuery({
            ...rest,
            fromMillis: Math.min(...bounds),
            toMillis: Math.max(...bounds),
          });
          const who = makeCaller({ accounts: many });
          const ports = await memoryPorts(entries, { limits: { readUnits, timeMillis: 60_000 } });
          const pages = await walk(query, who, ports);
          expect(pages.flatMap(({ items }) => items)).toEqual(bruteForce(entries, query, who));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('does not depend on the number of entries in other accounts while the window is within the budget', async () => {
    const mine = spread(own, 30, start, start + day);
    const pagesWith = async (count: number, from: number) => {
      const ports = await memoryPorts([...mine, ...spread(other, count, from, start + day)], { limits });
      return (await walk(makeQuery({ limit: 7, fromMillis: start }), caller, ports)).map(shapeOf);
    };
    const expected = await pagesWith(0, start);
    for (const count of [1, 20, maxEntries - 30]) {
      for (const from of [start, start + 0.3 * day, start + 0.99 * day]) {
        expect(await pagesWith(count, from)).toEqual(expected);
      }
    }
  });

  it('ends at the same fixed time for any start or end of the range if there are too many entries', async () => {
    // The entries of the day exceed the budget, those of each quarter do not.
    const entries = spread(other, 2 * maxEntries, start, start + day);
    const ports = await memoryPorts(entries, { limits });
    const ends = new Set<string>();
    for (let step = 0; step < 40; step++) {
      const toMillis = start + 0.75 * day + step * 541_237;
      const page = await search(makeQuery({ fromMillis: start, toMillis }), caller, ports);
      expect(page).toMatchObject({ items: [], complete: false });
      ends.add(page.searchedThrough);
    }
    expect(ends).toEqual(new Set([new Date(start + 0.75 * day).toISOString()]));
    for (let step = 0; step < 40; step++) {
      const range = { fromMillis: start + step * 541_237, toMillis: start + day, order: 'asc' as const };
      const page = await search(makeQuery(range), caller, ports);
      expect(page.searchedThrough).toBe(new Date(start + 0.25 * day - 1).toISOString());
    }
  });

  it('makes progress if the entries of one millisecond exceed the budget', async () => {
    const entries = Array.from({ length: 500 }, (_, number) => entryAt(other, start, number));
    const ports = await memoryPorts([...entries, entryAt(own, start, 0)], { limits });
    const pages = await walk(makeQuery(), caller, ports);
    expect(pages.flatMap(({ items }) => items)).toHaveLength(1);
    expect(pages.length).toBeLessThan(200);
  });

  it('includes entries with a time slightly in the future', async () => {
    const ports = await memoryPorts([], { limits });
    const ahead = entryAt(own, ports.now() + 10 * 60_000, 1);
    await fill(ports, [ahead, ...spread(other, 2 * maxEntries, ports.now() - 1000, ports.now())]);
    const pages = await walk(makeQuery(), caller, ports);
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual([ahead.id]);
  });
});

describe('fillFromWindow', () => {
  it('ends at a match or at the edge of a window', async () => {
    await fc.assert(
      fc.asyncProperty(entrySets(60), fc.constantFrom(0.5, 1, 2), async (entries, readUnits) => {
        const ports = await memoryPorts(entries);
        const key = indexPartitionKey('acme', 'time', [], 0);
        const plan: Plan = { index: 'time', partitionKeys: [key], isExact: false };
        const query: Query = makeQuery({ limit: 2 });
        const { items, stoppedAt } = await fillFromWindow({
          query,
          position: undefined,
          readUnits,
          isMatch: ({ accountId }) => accountId === own,
          latestMillis: ports.now(),
          openScan: (range) => new KWayMerge(ports.entries, plan, range),
        });
        if (stoppedAt === undefined || stoppedAt === items.at(-1)?.id) return;
        expect(stoppedAt).toBe(lowestIdAt(timeOf(stoppedAt)));
      }),
      { numRuns: 100 },
    );
  });
});
