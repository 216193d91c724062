import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestIdAt, lowestIdAt } from '../../../core/entry/entry-id.ts';
import { encodeCursor } from '../../../core/query/cursor.ts';
import { type Filters, parseQuery } from '../../../core/query/query.ts';
import { listPlans } from '../../../core/search/plan.ts';
import { planSearch, search, searchPlanned } from '../../../core/search/search.ts';
import type { IndexShards } from '../../../core/storage/shards.ts';
import { indexNames } from '../../../core/storage/table-attributes.ts';
import { entrySets, makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, generousLimits, makeQuery, memoryPorts, walk } from '../../support/search.ts';

/** Some of the terms, and sometimes one that is negated. */
const someOf = (...values: string[]) =>
  fc.option(
    fc.oneof(
      { arbitrary: fc.subarray(values, { minLength: 1 }), weight: 3 },
      fc
        .tuple(fc.subarray(values), fc.constantFrom(...values))
        .map(([some, value]) => [...some, `!${value}`].sort()),
    ),
    { nil: undefined, freq: 2 },
  );

const filterSets = fc
  .record({
    action: someOf('CREATE', 'UPDATE', 'DELETE'),
    user: someOf('u-1', 'u#3', 'u\\,4', 'U*', 'nobody'),
    account: someOf('111111111111', '222222222222', '999999999999'),
    region: someOf('eu-west-1', 'us-east-1'),
    resource: someOf('orders-d', 'checkout-api', 'cache#1', 'C*', 'ord*', 'none*'),
    service: someOf('checkout-api', 'search-web', 'checkout*'),
    target: someOf('id-orders-d'),
    kind: someOf('SERVICE', 'RESOURCE'),
    type: someOf('rds', 'ecs*'),
    environment: someOf('prod', 'p*'),
    verdict: someOf('VIOLATION', 'DENIED', 'UNKNOWN_ROLE', 'PERMITTED'),
  })
  .map((filters): Filters => Object.fromEntries(Object.entries(filters).filter(([, values]) => values)));

const day = 86_400_000;
const start = Date.parse('2026-11-10T00:00:00.000Z');

const queries = fc
  .record({
    filters: filterSets,
    order: fc.constantFrom('asc' as const, 'desc' as const),
    limit: fc.constantFrom(1, 3, 50),
    bounds: fc.tuple(
      fc.constantFrom(0, start, start + 1, start + day),
      fc.constantFrom(start, start + day, start + 9 * day),
    ),
    recorded: fc.constantFrom({}, { recordedFromMillis: start + day }, { recordedToMillis: start + day }),
  })
  .map(({ bounds, recorded, ...rest }) =>
    makeQuery({ ...rest, ...recorded, fromMillis: Math.min(...bounds), toMillis: Math.max(...bounds) }),
  );

const callers = fc
  .option(fc.subarray(['111111111111', '222222222222']), { nil: undefined })
  .map((accounts) => makeCaller({ accounts }));

const shardings = fc.constantFrom<IndexShards>(
  {},
  {
    time: [{ from: '2026-11-11', shards: 3 }],
    user: [{ from: '1970-01-01', shards: 2 }],
    action: [{ from: '1970-01-01', shards: 4 }],
    finding: [{ from: '2026-11-11', shards: 3 }],
  },
);

describe('search', () => {
  it('returns every matching entry, for any filters, order, page size, caller and shards', async () => {
    await fc.assert(
      fc.asyncProperty(entrySets(60), queries, callers, shardings, async (entries, query, caller, shards) => {
        const pages = await walk(query, caller, await memoryPorts(entries, { shards }));
        expect(pages.flatMap((page) => page.items)).toEqual(bruteForce(entries, query, caller));
        for (const page of pages.slice(0, -1)) expect(page.items).toHaveLength(query.limit);
      }),
      { numRuns: 300 },
    );
  });

  it('returns the same pages with every plan', async () => {
    await fc.assert(
      fc.asyncProperty(entrySets(60), queries, callers, shardings, async (entries, query, caller, shards) => {
        const ports = await memoryPorts(entries, { shards });
        const expected = bruteForce(entries, query, caller);
        // A cursor before the first entry selects the index of the plan.
        const position = query.order === 'desc' ? highestIdAt(query.toMillis) : lowestIdAt(query.fromMillis);
        const endless = {
          directory: ports.directory,
          meter: () => {},
          remainingUnits: () => Number.POSITIVE_INFINITY,
        };
        for (const plan of await listPlans(query, caller, endless, shards)) {
          const cursor = encodeCursor({ position, index: indexNames[plan.index] }, query, caller);
          const first = await search({ ...query, cursor }, caller, ports);
          expect(first.items).toEqual(expected.slice(0, query.limit));
          const rest = first.nextCursor
            ? await walk({ ...query, cursor: first.nextCursor }, caller, ports)
            : [];
          expect([first, ...rest].flatMap((page) => page.items)).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('loses and repeats no entry if the budget ends pages at any point', async () => {
    await fc.assert(
      fc.asyncProperty(entrySets(60), queries, callers, shardings, async (entries, query, caller, shards) => {
        const limits = { readUnits: 0.5, timeMillis: 60_000 };
        const pages = await walk(query, caller, await memoryPorts(entries, { shards, limits }));
        expect(pages.flatMap((page) => page.items)).toEqual(bruteForce(entries, query, caller));
      }),
      { numRuns: 300 },
    );
  });

  it('pages through 1,000 entries of one millisecond without losing or repeating any', async () => {
    const entries = Array.from({ length: 1000 }, (_, i) => makeEntry({ eventId: `same-${i}` }));
    const ports = await memoryPorts(entries);
    const ids = entries.map((entry) => entry.id).sort();
    for (const limit of [1, 7, 200]) {
      const pages = await walk(makeQuery({ limit, order: 'asc' }), makeCaller(), ports);
      expect(pages.flatMap((page) => page.items.map((item) => item.id))).toEqual(ids);
    }
  }, 120_000);

  it('reports how far it searched when the budget ends a page', async () => {
    const entries = Array.from({ length: 300 }, (_, i) =>
      makeEntry({
        eventId: `e-${i}`,
        occurredAtMillis: start + i * 60_000,
        userId: i === 0 ? 'rare' : 'often',
      }),
    );
    const ports = await memoryPorts(entries, { limits: { readUnits: 2, timeMillis: 60_000 } });
    const query = makeQuery({ filters: { environment: ['none'] } });
    const page = await search(query, makeCaller(), ports);
    expect(page).toMatchObject({ items: [], complete: false });
    expect(page.nextCursor).not.toBeNull();
    expect(Date.parse(page.searchedThrough)).toBeGreaterThan(start);
    expect(Date.parse(page.searchedThrough)).toBeLessThan(start + 300 * 60_000);
    const last = (await walk(query, makeCaller(), ports)).at(-1);
    expect(last).toMatchObject({
      complete: true,
      nextCursor: null,
      searchedThrough: '1970-01-01T00:00:00.000Z',
    });
  });

  it('counts the cost of expanding names, and uses another index if that exceeds the budget', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `n${i}`);
    const entries = names.map((name) => makeEntry({ eventId: name, name }));
    const query = makeQuery({ filters: { resource: names.map((name) => `${name}*`) }, debug: true });
    const ask = async (readUnits: number) =>
      search(query, makeCaller(), await memoryPorts(entries, { limits: { readUnits, timeMillis: 60_000 } }));
    const [generous, tight] = [await ask(10_000), await ask(40)];
    // One unit for the accounts, one for each prefix, and half a unit for each name.
    expect(generous.consumedCapacity).toMatchObject({
      index: 'byResourceName',
      readUnits: 1 + names.length + names.length / 2,
    });
    expect(tight.consumedCapacity).toMatchObject({ index: 'byTime' });
    expect(tight.consumedCapacity?.readUnits).toBeLessThanOrEqual(40);
    expect(tight.items).toEqual(generous.items);
  });

  it('stops at the time limit and still makes progress', async () => {
    const entries = Array.from({ length: 40 }, (_, i) => makeEntry({ eventId: `e-${i}` }));
    const ports = await memoryPorts(entries, { limits: { ...generousLimits, timeMillis: 0 } });
    const query = makeQuery({ filters: { verdict: ['DENIED'] }, limit: 5 });
    expect((await walk(query, makeCaller(), ports)).at(-1)?.complete).toBe(true);
  });

  it('returns the chosen index and the cost on request, but not to a caller limited to accounts', async () => {
    const ports = await memoryPorts([makeEntry({ eventId: 'e' })]);
    const query = makeQuery({ filters: { user: ['u-1'] }, debug: true });
    expect((await search(query, makeCaller(), ports)).consumedCapacity).toEqual({
      index: 'byUser',
      readUnits: 0.5,
      requests: 1,
    });
    await expect(search(query, makeCaller({ accounts: ['123456789012'] }), ports)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      field: 'debug',
    });
    expect(await search({ ...query, debug: false }, makeCaller(), ports)).not.toHaveProperty(
      'consumedCapacity',
    );
  });

  it('returns entries recorded in a time range, regardless of the time of the action', async () => {
    const [hour, recordedFrom] = [3_600_000, start + 10 * 3_600_000];
    const parts: [eventId: string, occurredAtMillis: number, recordedAtMillis: number][] = [
      ['early', start, recordedFrom - 1],
      ['late', start, recordedFrom],
      ['very-late', start - 90 * day, recordedFrom + hour],
      ['ahead', recordedFrom + hour + 15 * 60_000, recordedFrom + hour],
      ['after', recordedFrom, recordedFrom + hour + 1],
    ];
    const ports = await memoryPorts(
      parts.map(([eventId, occurredAtMillis, recordedAtMillis]) =>
        makeEntry({ eventId, occurredAtMillis, recordedAtMillis, name: eventId }),
      ),
    );
    const [from, to] = [new Date(recordedFrom).toISOString(), new Date(recordedFrom + hour).toISOString()];
    const query = parseQuery(`recordedFrom=${from}&recordedTo=${to}&limit=1`);
    const pages = await walk(query, makeCaller(), ports);
    const names = pages.flatMap(({ items }) => items.map(({ target }) => target.name));
    expect(names).toEqual(['ahead', 'late', 'very-late']);
    expect(pages.at(-1)?.complete).toBe(true);
  });

  it('hides expired entries', async () => {
    const entries = [
      makeEntry({ eventId: 'old', expiresAt: 1 }),
      makeEntry({ eventId: 'new', expiresAt: 4e9 }),
    ];
    const page = await search(makeQuery(), makeCaller(), await memoryPorts(entries));
    expect(page.items.map((item) => item.id)).toEqual([entries[1]?.id]);
  });

  it('returns nothing to a caller without accounts', async () => {
    const ports = await memoryPorts([makeEntry({ eventId: 'e' })]);
    const page = await search(makeQuery(), makeCaller({ accounts: [] }), ports);
    expect(page).toMatchObject({ items: [], complete: true });
  });

  it('never reads a partition with entries of accounts that the caller cannot see', async () => {
    const ports = await memoryPorts([makeEntry({ eventId: 'e', accountId: '222222222222' })]);
    const keys: string[] = [];
    const spied = {
      ...ports,
      entries: {
        readIndex: (read: Parameters<typeof ports.entries.readIndex>[0]) => {
          keys.push(read.partitionKey);
          return ports.entries.readIndex(read);
        },
      },
    };
    const caller = makeCaller({ accounts: ['111111111111'] });
    for (const filters of [
      {},
      { resource: ['orders-d'] },
      { user: ['u-1'] },
      { account: ['222222222222'] },
    ]) {
      expect((await search(makeQuery({ filters }), caller, spied)).items).toEqual([]);
    }
    expect(keys.filter((key) => !key.includes('111111111111'))).toEqual([]);
  });

  it('reads no partition of other accounts for a cursor that names the time index', async () => {
    const ports = await memoryPorts([makeEntry({ eventId: 'e', accountId: '222222222222' })]);
    const caller = makeCaller({ accounts: ['111111111111'] });
    const position = highestIdAt(Date.parse('2030-01-01'));
    const cursor = encodeCursor({ position, index: indexNames.time }, makeQuery(), caller);
    const planned = await planSearch(makeQuery({ cursor }), caller, ports);
    expect(planned.plans.map(({ index }) => index)).toEqual(['accountRegion']);
  });

  it('rejects a cursor of another query, organization or account limit', async () => {
    const ports = await memoryPorts([makeEntry({ eventId: 'a' }), makeEntry({ eventId: 'b' })]);
    const { nextCursor } = await search(makeQuery({ limit: 1 }), makeCaller(), ports);
    const cursor = nextCursor ?? '';
    expect(cursor.length).toBeLessThanOrEqual(512);
    const foreign = [
      search(makeQuery({ limit: 1, cursor, filters: { user: ['u-1'] } }), makeCaller(), ports),
      search(makeQuery({ limit: 1, cursor, order: 'asc' }), makeCaller(), ports),
      search(makeQuery({ limit: 1, cursor, recordedFromMillis: 0 }), makeCaller(), ports),
      search(makeQuery({ limit: 1, cursor }), makeCaller({ organizationId: 'globex' }), ports),
      search(makeQuery({ limit: 1, cursor }), makeCaller({ accounts: ['123456789012'] }), ports),
      search(makeQuery({ limit: 1, cursor: 'broken' }), makeCaller(), ports),
      search(makeQuery({ limit: 1, cursor: 'x'.repeat(10_000) }), makeCaller(), ports),
    ];
    for (const attempt of foreign) {
      await expect(attempt).rejects.toMatchObject({ code: 'INVALID_CURSOR', field: 'cursor' });
    }
    await expect(search(makeQuery({ limit: 2, cursor }), makeCaller(), ports)).resolves.toMatchObject({
      complete: true,
    });
  });
});

describe('searchPlanned', () => {
  const limits = { readUnits: 128, timeMillis: 60_000 };
  const budget = { readUnits: 128, deadline: Number.POSITIVE_INFINITY };
  const manyEntries = Array.from({ length: 30 }, (_, number) =>
    makeEntry({ eventId: `e-${number}`, occurredAtMillis: start + number * 1000 }),
  );

  it('returns the cost separately from the page', async () => {
    const ports = await memoryPorts(manyEntries, { limits });
    for (const caller of [makeCaller(), makeCaller({ accounts: ['123456789012'] })]) {
      const query = makeQuery();
      const planned = await planSearch(query, caller, ports);
      const { page, cost } = await searchPlanned(query, caller, planned, budget, ports);
      expect(Object.keys(page)).toEqual(['items', 'nextCursor', 'complete', 'searchedThrough']);
      expect(cost).toEqual({
        index: caller.accounts ? 'byAccountRegion' : 'byTime',
        readUnits: expect.any(Number),
        requests: expect.any(Number),
      });
    }
  });

  it('continues where the plans or the previous page ended, without decoding a cursor', async () => {
    const ports = await memoryPorts(manyEntries, { limits });
    const [caller, query] = [makeCaller(), makeQuery({ limit: 4 })];
    const wanted = bruteForce(manyEntries, query, caller);
    const { nextCursor } = await search(query, caller, ports);
    const later = { ...query, cursor: nextCursor ?? '' };
    const planned = await planSearch(later, caller, ports);
    expect(planned.from).toEqual({ position: wanted[3]?.id, index: 'byTime' });
    const unread = { ...query, cursor: 'never decoded' };
    const second = await searchPlanned(unread, caller, planned, budget, ports);
    expect(second.page.items).toEqual(wanted.slice(4, 8));
    const third = await searchPlanned(unread, caller, { ...planned, from: second.next }, budget, ports);
    expect(third.page.items).toEqual(wanted.slice(8, 12));
  });
});
