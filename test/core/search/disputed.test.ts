// The filter for disputed entries, against a look at every entry.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../core/access/caller.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { exportPage } from '../../../core/export/export-page.ts';
import type { Filters } from '../../../core/query/query.ts';
import { maxLimitedPartitions } from '../../../core/search/plan.ts';
import { search } from '../../../core/search/search.ts';
import type { IndexRead } from '../../../core/storage/ports.ts';
import type { IndexShards } from '../../../core/storage/shards.ts';
import { entrySets, makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, type MemoryPorts, makeQuery, memoryPorts, walk } from '../../support/search.ts';
import { ndjsonFormat } from '../export/formats.ts';

/** Every third entry is disputed, by one to three events. */
const isDisputed = (_: LogEntry, number: number) => number % 3 === 0;

async function fillDisputed(
  entries: readonly LogEntry[],
  options: Parameters<typeof memoryPorts>[1] = {},
): Promise<MemoryPorts> {
  const ports = await memoryPorts(entries, options);
  for (const [number, entry] of entries.filter(isDisputed).entries()) {
    for (let slot = 0; slot <= number % 3; slot++) {
      const event = makeEntry({ ...entry, userId: `u-rival-${slot}`, accountId: '333333333333' });
      await ports.entries.disputes.insert(entry, event, slot);
    }
  }
  return ports;
}

const filterSets = fc.constantFrom<Filters>(
  {},
  { verdict: ['DENIED', 'VIOLATION'] },
  { user: ['u-1', 'u#3'], action: ['UPDATE'] },
  { account: ['111111111111', '999999999999'] },
  { region: ['eu-west-1'], resource: ['ord*'] },
);

const queries = fc
  .record({
    filters: filterSets,
    order: fc.constantFrom('asc' as const, 'desc' as const),
    limit: fc.constantFrom(1, 2, 3, 50),
  })
  .map(makeQuery);

const callers = fc
  .option(fc.subarray(['111111111111', '222222222222']), { nil: undefined })
  .map((accounts) => makeCaller({ accounts }));

const shardings = fc.constantFrom<IndexShards>(
  {},
  {
    finding: [{ from: '2026-11-11', shards: 3 }],
    accountRegion: [{ from: '1970-01-01', shards: 2 }],
  },
);

const limitsOf = fc.constantFrom(
  { readUnits: 1_000_000, timeMillis: 60_000 },
  { readUnits: 0.5, timeMillis: 60_000 },
);

const disputedOf = (query: ReturnType<typeof makeQuery>) => ({
  ...query,
  filters: { ...query.filters, disputed: ['true'] },
});

describe('disputed=true', () => {
  it('returns each disputed entry once, with other filters, any caller, page size, shards and budget', async () => {
    await fc.assert(
      fc.asyncProperty(
        entrySets(60),
        queries,
        callers,
        shardings,
        limitsOf,
        async (entries, query, caller, shards, limits) => {
          const ports = await fillDisputed(entries, { shards, limits });
          const pages = await walk(disputedOf(query), caller, ports);
          expect(pages.flatMap(({ items }) => items)).toEqual(
            bruteForce(entries.filter(isDisputed), query, caller),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is left out: lists and exports contain each entry once and no dispute', async () => {
    await fc.assert(
      fc.asyncProperty(entrySets(40), queries, callers, async (entries, query, caller) => {
        const ports = await fillDisputed(entries);
        const pages = await walk(query, caller, ports);
        const expected = bruteForce(entries, query, caller);
        expect(pages.flatMap(({ items }) => items)).toEqual(expected);
        const { count } = await exportPage({ ...query, limit: 1000 }, ndjsonFormat, caller, ports);
        expect(count).toBe(expected.length);
      }),
      { numRuns: 100 },
    );
  });

  it('reads only the index of findings', async () => {
    const ports = await fillDisputed(Array.from({ length: 300 }, (_, i) => makeEntry({ eventId: `e-${i}` })));
    const page = await search(disputedOf(makeQuery({ debug: true })), makeCaller(), ports);
    expect(page.items).toHaveLength(50);
    expect(page.consumedCapacity).toMatchObject({ index: 'byFinding' });
    expect(page.consumedCapacity?.requests).toBeLessThanOrEqual(8);
  });

  /** Returns the partitions that a caller's walk reads. */
  async function partitionsOf(caller: Caller): Promise<IndexRead[]> {
    const entries = Array.from({ length: 40 }, (_, i) =>
      makeEntry({ eventId: `e-${i}`, accountId: i % 2 === 0 ? '111111111111' : '222222222222' }),
    );
    const ports = await fillDisputed(entries);
    const reads: IndexRead[] = [];
    const watched = {
      readIndex: (read: IndexRead) => {
        reads.push(read);
        return ports.entries.readIndex(read);
      },
    };
    const pages = await walk(disputedOf(makeQuery()), caller, { ...ports, entries: watched });
    expect(pages.flatMap(({ items }) => items)).toEqual(
      bruteForce(entries.filter(isDisputed), makeQuery(), caller),
    );
    return reads;
  }

  it('reads nothing of other accounts for a caller limited to accounts', async () => {
    const reads = await partitionsOf(makeCaller({ accounts: ['111111111111'] }));
    expect(new Set(reads.map(({ partitionKey }) => partitionKey))).toEqual(
      new Set(['acme#111111111111#DISPUTED#0']),
    );
    expect(await partitionsOf(makeCaller({ accounts: [] }))).toEqual([]);
  });

  it('reads the index of findings in windows for a caller limited to very many accounts', async () => {
    const many = Array.from({ length: maxLimitedPartitions }, (_, number) =>
      String(500_000_000_000 + number),
    );
    const reads = await partitionsOf(makeCaller({ accounts: ['111111111111', ...many] }));
    expect(new Set(reads.map(({ index }) => index))).toEqual(new Set(['finding']));
  });
});
