import { describe, expect, it } from 'vitest';
import { highestIdAt, lowestIdAt } from '../../../core/entry/entry-id.ts';
import { exportPage } from '../../../core/export/export-page.ts';
import { decodeCursor, encodeCursor } from '../../../core/query/cursor.ts';
import type { Filters, Query } from '../../../core/query/query.ts';
import { planSearch, type SearchPorts, search } from '../../../core/search/search.ts';
import type { DirectoryReader } from '../../../core/storage/ports.ts';
import { indexNames } from '../../../core/storage/table-attributes.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, fill, type MemoryPorts, makeQuery, memoryPorts, walk } from '../../support/search.ts';
import { ndjsonFormat } from '../export/formats.ts';

const start = Date.parse('2026-11-10T00:00:00.000Z');
const limits = { readUnits: 128, timeMillis: 60_000 };

const accountsOf = (count: number) =>
  Array.from({ length: count }, (_, number) => String(100_000_000_000 + number));

/** Creates entries, one per second, spread over the accounts. Every tenth entry is for `orders-d`. */
async function portsOf(accountCount: number, entryCount: number): Promise<MemoryPorts> {
  const accounts = accountsOf(accountCount);
  const entries = Array.from({ length: entryCount }, (_, number) =>
    makeEntry({
      eventId: `e-${number}`,
      occurredAtMillis: start + number * 1000,
      accountId: accounts[number % accountCount] as string,
      name: number % 10 === 0 ? 'orders-d' : `other-${number % 7}`,
    }),
  );
  return memoryPorts(entries, { limits });
}

/** Creates ports with a directory of `nameCount` names in each account. */
async function namesOf(accountCount: number, nameCount: number): Promise<MemoryPorts> {
  const ports = await memoryPorts([], { limits });
  for (const accountId of accountsOf(accountCount)) {
    const names = Array.from({ length: nameCount }, (_, number) => `orders-${number}`);
    await ports.directory.ensure('acme', [
      { field: 'accountRegions', term: accountId, value: 'eu-west-1' },
      ...names.map((name) => ({ field: 'resources' as const, accountId, term: name, value: name })),
    ]);
  }
  return ports;
}

/** Returns the cost of a consistent DynamoDB read. */
const unitsOf = (bytes: number) => Math.max(1, Math.ceil(bytes / 4096));

/** Wraps the directory to charge the same read units as DynamoDB, and counts its calls. */
function watchDirectory(ports: SearchPorts) {
  const calls = { listAccountRegions: 0, listValues: 0 };
  const directory: DirectoryReader = {
    listAccountRegions: async (organizationId, accountId, meter) => {
      calls.listAccountRegions++;
      const pairs = await ports.directory.listAccountRegions(organizationId, accountId);
      meter?.(unitsOf(pairs.length * 80));
      return pairs;
    },
    listValues: async (organizationId, { meter, ...read }) => {
      calls.listValues++;
      const page = await ports.directory.listValues(organizationId, read);
      meter?.(unitsOf(page.rows.length * 160));
      return page;
    },
    listShardSteps: (organizationId) => ports.directory.listShardSteps(organizationId),
  };
  return { ports: { ...ports, directory }, calls };
}

/** Adds a cursor that starts the query on this index. */
function startOn(index: string, query: Query): Query {
  const position = highestIdAt(query.toMillis);
  return { ...query, cursor: encodeCursor({ position, index }, query, makeCaller()) };
}

const ordersOf = (overrides = {}) => makeQuery({ filters: { resource: ['orders*'] }, ...overrides });

describe('planSearch', () => {
  it('does not expand a prefix if too many accounts would have to be read', async () => {
    const pages = await walk(ordersOf({ debug: true }), makeCaller(), await portsOf(130, 1500));
    expect(pages.flatMap(({ items }) => items)).toHaveLength(150);
    expect(pages.length).toBeLessThan(10);
    for (const { consumedCapacity } of pages) {
      expect(consumedCapacity?.index).toBe('byTime');
      expect(consumedCapacity?.readUnits).toBeLessThanOrEqual(128);
    }
  });

  it('uses the names that it has read', async () => {
    const page = await search(ordersOf({ debug: true }), makeCaller(), await portsOf(31, 31));
    expect(page.consumedCapacity?.index).toBe('byResourceName');
  });

  it('uses at most a quarter of the budget for names, for any number of accounts and names', async () => {
    for (const accountCount of [1, 2, 10, 15, 16, 20, 31, 32, 60]) {
      for (const nameCount of [1, 16, 60]) {
        const { ports } = watchDirectory(await namesOf(accountCount, nameCount));
        const { plans, readUnits, unitsForEntries } = await planSearch(ordersOf(), makeCaller(), ports);
        expect(readUnits).toBeLessThanOrEqual(32);
        expect(readUnits + unitsForEntries).toBeLessThanOrEqual(128);
        const isExpanded = plans[0].index === 'resourceName';
        expect(isExpanded).toBe(nameCount <= 50 && accountCount <= 31);
      }
    }
  });

  it('reads the accounts once for all prefixes and Regions', async () => {
    const { ports, calls } = watchDirectory(await namesOf(3, 2));
    const filters = { resource: ['a*', 'orders*', 'z*'], region: ['eu-west-1'] };
    const { plans } = await planSearch(makeQuery({ filters }), makeCaller(), ports);
    expect(plans.map(({ index, partitionKeys }) => [index, partitionKeys.length])).toEqual([
      ['resourceName', 2],
      ['accountRegion', 3],
    ]);
    expect(calls).toEqual({ listAccountRegions: 1, listValues: 9 });
  });

  it('chooses no index for a filter that only excludes values', async () => {
    const ports = await portsOf(1, 1);
    const indexesOf = async (filters: Filters) => {
      const { plans } = await planSearch(makeQuery({ filters }), makeCaller(), ports);
      return plans.map(({ index, isExact }) => [index, isExact]);
    };
    const excluding = { user: ['!u-1'], action: ['!CREATE'], resource: ['!orders*'], region: ['!eu-west-1'] };
    expect(await indexesOf(excluding)).toEqual([['time', false]]);
    expect(await indexesOf({ user: ['u*'] })).toEqual([['time', false]]);
    expect(await indexesOf({ user: ['!u-2', 'u-1'] })).toEqual([['user', true]]);
    expect(await indexesOf({ user: ['u*', 'u-1'] })).toEqual([['time', false]]);
    expect(await indexesOf({ ...excluding, action: ['UPDATE'] })).toEqual([['action', false]]);
    expect(await indexesOf({ verdict: ['!PERMITTED'] })).toEqual([['finding', true]]);
    expect(await indexesOf({ verdict: ['!DENIED'] })).toEqual([['time', false]]);
  });

  it('reads no partition of an account that a negated term excludes', async () => {
    const caller = makeCaller({ accounts: ['111111111111', '222222222222'] });
    const query = makeQuery({ filters: { account: ['!111111111111'], region: ['eu-west-1'] } });
    const { plans } = await planSearch(query, caller, await portsOf(1, 1));
    expect(plans).toMatchObject([{ index: 'accountRegion', isExact: true }]);
    expect(plans[0].partitionKeys.join()).not.toContain('111111111111');
  });

  it('reads the index of findings for verdicts other than PERMITTED, from each of its shards', async () => {
    const ports = { ...(await portsOf(1, 1)), shards: { finding: [{ from: '1970-01-01', shards: 2 }] } };
    const planOf = async (filters: Filters, caller = makeCaller()) => {
      const { plans } = await planSearch(makeQuery({ filters }), caller, ports);
      return plans.map(({ index, partitionKeys, isExact }) => [index, partitionKeys.length, isExact]);
    };
    expect(await planOf({ verdict: ['DENIED', 'VIOLATION'] })).toEqual([['finding', 4, true]]);
    expect(await planOf({ verdict: ['DENIED'], user: ['u-1'] })).toEqual([
      ['finding', 2, false],
      ['user', 1, false],
    ]);
    expect(await planOf({ verdict: ['DENIED', 'PERMITTED'] })).toEqual([['time', 1, false]]);
    const limited = makeCaller({ accounts: accountsOf(1) });
    expect(await planOf({ verdict: ['DENIED'] }, limited)).toEqual([['accountRegion', 1, false]]);
  });

  it('does not read the directory if the cursor names another index', async () => {
    const { ports, calls } = watchDirectory(await portsOf(130, 1500));
    const first = await search(ordersOf(), makeCaller(), ports);
    const before = { ...calls };
    await search(ordersOf({ cursor: first.nextCursor ?? undefined }), makeCaller(), ports);
    expect(calls).toEqual(before);
  });

  it('plans again if the index that the search started on is no longer possible', async () => {
    const filters = { resource: ['orders*'], user: ['u-1'], action: ['UPDATE'] };
    const query = startOn('byResourceName', makeQuery({ filters }));
    for (const [accountCount, nameCount] of [
      [1, 51],
      [32, 1],
    ] as const) {
      const { ports, calls } = watchDirectory(await namesOf(accountCount, nameCount));
      const { plans } = await planSearch(query, makeCaller(), ports);
      expect(plans.map(({ index }) => index)).toEqual(['user', 'action']);
      expect(calls.listAccountRegions).toBe(1);
      expect(calls.listValues).toBeLessThanOrEqual(1);
    }
    const { ports, calls } = watchDirectory(await namesOf(1, 50));
    const { plans } = await planSearch(query, makeCaller(), ports);
    expect(plans.map(({ index }) => index)).toEqual(['resourceName']);
    expect(calls).toEqual({ listAccountRegions: 1, listValues: 1 });
  });

  it.each(['byResourceName', 'byAction', 'noIndex', ''])(
    'plans like for a first page if the cursor names the index %j, which the query cannot use',
    async (index) => {
      const query = startOn(index, makeQuery({ filters: { user: ['u-1'], account: accountsOf(1) } }));
      const { plans } = await planSearch(query, makeCaller(), await namesOf(1, 1));
      expect(plans.map((plan) => plan.index)).toEqual(['user', 'accountRegion']);
    },
  );

  it('continues on another index if a 51st name appears during the search', async () => {
    const entriesOf = (first: number, count: number) =>
      Array.from({ length: count }, (_, index) => first + index).map((number) =>
        makeEntry({
          eventId: `e-${number}`,
          occurredAtMillis: start + number * 1000,
          name: `orders-${number % 51}`,
          userId: number % 3 === 0 ? 'u-1' : 'u-2',
        }),
      );
    const [before, after] = [entriesOf(0, 50), entriesOf(50, 1000)];
    const ports = await memoryPorts(before, { limits });
    const filters = { resource: ['orders*'], user: ['u-1'] };
    const query = makeQuery({ filters, order: 'asc', limit: 7, debug: true });
    const position = lowestIdAt(query.fromMillis);
    const cursor = encodeCursor({ position, index: 'byResourceName' }, query, makeCaller());
    const first = await search({ ...query, cursor }, makeCaller(), ports);
    expect(first.consumedCapacity?.index).toBe('byResourceName');
    await fill(ports, after);
    const rest = await walk({ ...query, cursor: first.nextCursor ?? '' }, makeCaller(), ports);
    expect(new Set(rest.map(({ consumedCapacity }) => consumedCapacity?.index))).toEqual(new Set(['byUser']));
    const expected = bruteForce([...before, ...after], query, makeCaller());
    expect([first, ...rest].flatMap(({ items }) => items)).toEqual(expected);
    const next = decodeCursor(rest[0]?.nextCursor ?? '', query, makeCaller());
    expect(next.index).toBe(indexNames.user);
  });

  it('reserves budget for entries if the Regions of many accounts must be read', async () => {
    const caller = makeCaller({ accounts: accountsOf(100) });
    const pages = await walk(makeQuery(), caller, await portsOf(100, 600));
    expect(pages.flatMap(({ items }) => items)).toHaveLength(600);
    expect(pages.length).toBeLessThan(30);
  });

  it('runs once for all search pages of an export page', async () => {
    const { ports, calls } = watchDirectory(await portsOf(31, 4000));
    const page = await exportPage(ordersOf({ limit: 1000 }), ndjsonFormat, makeCaller(), {
      ...ports,
      details: new MemoryEntryStore(),
    });
    expect(page.count).toBeGreaterThan(200);
    expect(calls).toEqual({ listAccountRegions: 1, listValues: 31 });
  });
});
