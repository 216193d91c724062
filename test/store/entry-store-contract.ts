// The contract of every entry store, alone and with a search. Each implementation runs it.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verdicts } from '../../core/contract/vocabulary.ts';
import type { LogEntry } from '../../core/entry/entry.ts';
import { toListItem } from '../../core/entry/entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt } from '../../core/entry/entry-id.ts';
import { search } from '../../core/search/search.ts';
import { disputed, type Finding, indexPartitionKey } from '../../core/storage/keys.ts';
import type {
  DetailReader,
  Directory,
  EntryStore,
  IndexRead,
  IndexReader,
} from '../../core/storage/ports.ts';
import { entryParts, getFullEntry, insertAgain, insertOne, makeEntry } from '../support/entries.ts';
import { makeCaller, now } from '../support/fixtures.ts';
import { bruteForce, fill, generousLimits, makeQuery, walk } from '../support/search.ts';

export interface Stores {
  readonly entries: EntryStore;
  readonly details: DetailReader;
  readonly directory: Directory;
}

/** `makeStores` returns new, empty stores on each call. */
export function describeStoreContract(name: string, makeStores: () => Promise<Stores>): void {
  describe(`${name}: entries`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await makeStores();
    });

    const read = (overrides: Partial<IndexRead> = {}): IndexRead => ({
      index: 'time',
      partitionKey: indexPartitionKey('acme', 'time', [], 0),
      lowestId: lowestIdAt(0),
      highestId: highestIdAt(Date.parse('2030-01-01')),
      order: 'desc',
      limit: 100,
      ...overrides,
    });

    it('returns a complete entry as it was inserted', async () => {
      const entry = makeEntry({
        eventId: 'whole',
        serviceName: 'checkout-api',
        environment: 'prod',
        expiresAt: 4e9,
      });
      const full: LogEntry = {
        ...entry,
        user: {
          ...entry.user,
          type: 'agent',
          sourceIp: '203.0.113.24',
          userAgent: 'curl/8',
          onBehalfOf: { id: 'u-2077', name: 'Ben Okafor' },
        },
        workRef: 'https://tickets.example/OPS-7',
        awsRequestIds: ['A1B2C3D4E5F6A7B8'],
        requestId: 'r',
        traceId: 't',
        reason: 'because ☂',
        before: { a: [1, null, { '': '' }] },
      };
      expect(await insertOne(stores.entries, full)).toEqual({ status: 'recorded' });
      expect(await getFullEntry(stores.entries, 'acme', full.id)).toEqual(full);
    });

    it('returns the details of several entries, and none for an ID without an entry', async () => {
      const found = Array.from({ length: 30 }, (_, i) => makeEntry({ eventId: `detail-${i}` }));
      for (const entry of found) await insertOne(stores.entries, entry);
      const absent = makeEntry({ eventId: 'absent' });
      const sameIdentity = makeEntry({ eventId: 'detail-0', occurredAtMillis: now - 1 });
      const ids = [...found, absent, sameIdentity].map(({ id }) => id);
      const { entries, readUnits } = await stores.details.getDetails('acme', ids);
      expect([...entries.keys()].sort()).toEqual(found.map(({ id }) => id).sort());
      for (const entry of found) {
        const stored = entries.get(entry.id);
        expect(await stored?.readFull()).toEqual(entry);
      }
      expect(readUnits).toBeGreaterThanOrEqual(15);
    });

    it('never replaces an entry', async () => {
      const entry = makeEntry({ eventId: 'once', occurredAtMillis: Date.parse('2026-11-01T00:00:00Z') });
      await insertOne(stores.entries, entry);
      const other = makeEntry({
        eventId: 'once',
        occurredAtMillis: Date.parse('2026-11-02T00:00:00Z'),
        userId: 'x',
      });
      expect(await insertAgain(stores.entries, other)).toEqual(entry);
      expect(await getFullEntry(stores.entries, 'acme', entry.id)).toEqual(entry);
      expect(await getFullEntry(stores.entries, 'acme', other.id)).toBeUndefined();
    });

    it('lets exactly one of many concurrent inserts succeed', async () => {
      const puts = Array.from({ length: 10 }, (_, i) =>
        makeEntry({ eventId: 'race', recordedAtMillis: now + i }),
      );
      const outcomes = await Promise.all(puts.map((entry) => insertOne(stores.entries, entry)));
      expect(outcomes.filter((outcome) => outcome.status === 'recorded')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome.status === 'exists')).toHaveLength(9);
    });

    it('separates organizations', async () => {
      const entry = makeEntry({ eventId: 'apart', organizationId: 'initech' });
      await insertOne(stores.entries, entry);
      expect(await getFullEntry(stores.entries, 'acme', entry.id)).toBeUndefined();
      expect(await getFullEntry(stores.entries, 'initech', entry.id)).toEqual(entry);
    });

    it('returns the complete entries of many IDs, and nothing for an ID that does not exist', async () => {
      const organizationId = 'many';
      const made = Array.from({ length: 103 }, (_, i) => makeEntry({ eventId: `d-${i}`, organizationId }));
      for (const entry of made) await insertOne(stores.entries, entry);
      const absent = makeEntry({ eventId: 'absent', organizationId });
      // The identity of a stored entry, at another time.
      const moved = makeEntry({ eventId: 'd-1', organizationId, occurredAtMillis: now });
      const ids = [...made, absent, moved].map(({ id }) => id);
      const { entries, readUnits } = await stores.entries.getDetails(organizationId, ids);
      expect([...entries.keys()].sort()).toEqual(made.map(({ id }) => id).sort());
      expect(await entries.get(made[0]?.id ?? '')?.readFull()).toEqual(made[0]);
      expect(readUnits).toBeGreaterThanOrEqual(50);
      expect((await stores.entries.getDetails('other', ids)).entries.size).toBe(0);
    });

    it('accepts an entry just below the item limit, with the longest keys', async () => {
      const noise = Array.from({ length: 43_000 }, () => Math.random().toString(36).slice(2, 12)).join('');
      const long = '☂'.repeat(128);
      const entry = {
        ...makeEntry({ eventId: 'long', userId: long, name: long, serviceName: long }),
        after: { noise },
      };
      expect(await insertOne(stores.entries, entry)).toEqual({ status: 'recorded' });
    });

    it('reads a range of an index in either order and returns where it stopped', async () => {
      const millis = Date.parse('2026-10-01T00:00:00Z');
      const entries = Array.from({ length: 5 }, (_, i) =>
        makeEntry({ eventId: `s-${i}`, organizationId: 'stretch', occurredAtMillis: millis + i }),
      );
      for (const entry of entries) await insertOne(stores.entries, entry);
      const ids = entries.map((entry) => entry.id);
      const partitionKey = indexPartitionKey('stretch', 'time', [], 0);
      const two = await stores.entries.readIndex(read({ partitionKey, limit: 2 }));
      expect(two.items).toEqual(entries.slice(3).reverse().map(toListItem));
      expect(two.readThroughId).toBe(ids[3]);
      expect(two.readUnits).toBeGreaterThan(0);
      const rest = await stores.entries.readIndex(
        read({ partitionKey, highestId: justBefore(ids[3] ?? '') }),
      );
      expect(rest.items.map((item) => item.id)).toEqual(ids.slice(0, 3).reverse());
      expect(rest.readThroughId).toBeUndefined();
      const up = await stores.entries.readIndex(
        read({ partitionKey, order: 'asc', lowestId: justAfter(ids[1] ?? ''), limit: 2 }),
      );
      expect(up.items.map((item) => item.id)).toEqual(ids.slice(2, 4));
    });

    it('finds an entry through each index', async () => {
      const parts = { eventId: 'all', organizationId: 'indexed', userId: 'u#1', name: 'a%b' };
      const entry = makeEntry({ ...parts, verdict: 'VIOLATION' });
      await insertOne(stores.entries, entry);
      const { accountId, region, action } = entry;
      const reads: IndexRead[] = [
        read({ index: 'time', partitionKey: indexPartitionKey('indexed', 'time', [], 0) }),
        read({ index: 'user', partitionKey: indexPartitionKey('indexed', 'user', ['u#1'], 0) }),
        read({ index: 'action', partitionKey: indexPartitionKey('indexed', 'action', [action], 0) }),
        read({
          index: 'accountRegion',
          partitionKey: indexPartitionKey('indexed', 'accountRegion', [accountId, region], 0),
        }),
        read({
          index: 'resourceName',
          partitionKey: indexPartitionKey('indexed', 'resourceName', ['a%b'], 0),
        }),
        read({ index: 'finding', partitionKey: indexPartitionKey('indexed', 'finding', ['VIOLATION'], 0) }),
      ];
      for (const indexRead of reads) {
        expect((await stores.entries.readIndex(indexRead)).items).toEqual([toListItem(entry)]);
      }
    });
  });

  describe(`${name}: index of findings`, () => {
    it('contains entries by their verdict, and no permitted one', async () => {
      const stores = await makeStores();
      for (const verdict of verdicts) {
        await insertOne(stores.entries, makeEntry({ eventId: verdict, organizationId: 'found', verdict }));
      }
      for (const verdict of verdicts) {
        const { items } = await stores.entries.readIndex({
          index: 'finding',
          partitionKey: indexPartitionKey('found', 'finding', [verdict as Finding], 0),
          lowestId: lowestIdAt(0),
          highestId: highestIdAt(Date.parse('2030-01-01')),
          order: 'desc',
          limit: 10,
        });
        expect(items.map((item) => item.verdict)).toEqual(verdict === 'PERMITTED' ? [] : [verdict]);
      }
    });
  });

  describe(`${name}: disputes`, () => {
    it('inserts each slot once, lists them by slot, and finds the entry by them', async () => {
      const { entries } = await makeStores();
      const long = '☂'.repeat(128);
      const entry = makeEntry({ eventId: 'contested', expiresAt: 4e9, name: long, userId: long });
      const stored = { ...entry, before: undefined, after: undefined };
      await insertOne(entries, entry);
      expect(await entries.disputes.list('acme', entry.id)).toEqual([]);
      const noise = Array.from({ length: 43_000 }, () => Math.random().toString(36).slice(2, 12)).join('');
      const events = ['u-2', long].map((userId) => ({
        ...makeEntry({ eventId: 'contested', userId, name: long, serviceName: long, occurredAtMillis: now }),
        after: { noise },
      }));
      for (const [slot, event] of events.entries()) {
        expect(await entries.disputes.insert(stored, event, slot)).toBe('inserted');
      }
      expect(await entries.disputes.insert(stored, makeEntry({ eventId: 'contested' }), 1)).toBe('exists');
      const kept = await entries.disputes.list('acme', entry.id);
      expect(kept.map(({ slot }) => slot)).toEqual([0, 1]);
      expect(await Promise.all(kept.map(({ event }) => event?.readFull()))).toEqual(
        events.map((event) => ({ ...event, expiresAt: 4e9 })),
      );
      expect(await getFullEntry(entries, 'acme', entry.id)).toEqual(entry);
      expect(await entries.disputes.list('initech', entry.id)).toEqual([]);
      const other = makeEntry({ eventId: 'uncontested' });
      const { ids, readUnits } = await entries.disputes.findDisputed('acme', [entry.id, other.id]);
      expect([...ids]).toEqual([entry.id]);
      expect(readUnits).toBeGreaterThan(0);
      for (const [index, partitionKey, found] of [
        ['finding', indexPartitionKey('acme', 'finding', [disputed], 0), 2],
        ['accountRegion', indexPartitionKey('acme', 'accountRegion', [entry.accountId, disputed], 0), 2],
        ['time', indexPartitionKey('acme', 'time', [], 0), 1],
        ['user', indexPartitionKey('acme', 'user', ['u-2'], 0), 0],
      ] as const) {
        const { items } = await entries.readIndex({
          index,
          partitionKey,
          lowestId: lowestIdAt(0),
          highestId: highestIdAt(Date.parse('2030-01-01')),
          order: 'asc',
          limit: 10,
        });
        expect(items).toEqual(Array.from({ length: found }, () => toListItem(entry)));
      }
    });
  });

  describe(`${name}: search`, () => {
    it('returns the brute-force result for every combination of filters', async () => {
      const stores = await makeStores();
      const parts = fc.sample(entryParts, { numRuns: 150, seed: 20261123 });
      const entries = parts.map((part, number) => makeEntry({ ...part, eventId: `e-${number}` }));
      await fill(stores, entries);
      const ports = { ...stores, shards: {}, limits: generousLimits, now: () => now };
      const choices = {
        action: ['UPDATE'],
        user: ['u-1', 'u#3'],
        account: ['111111111111'],
        region: ['eu-west-1'],
        resource: ['orders-d'],
        verdict: ['DENIED', 'VIOLATION'],
      };
      const names = Object.keys(choices) as (keyof typeof choices)[];
      for (let mask = 0; mask < 2 ** names.length; mask++) {
        const chosen = names.filter((_, bit) => mask & (1 << bit));
        const filters = Object.fromEntries(chosen.map((key) => [key, choices[key]]));
        const query = makeQuery({ filters, limit: 7, order: mask % 2 ? 'asc' : 'desc' });
        const pages = await walk(query, makeCaller(), ports);
        expect(pages.flatMap((page) => page.items)).toEqual(bruteForce(entries, query, makeCaller()));
      }
    });

    it('reads a page with one filter in a single call', async () => {
      const stores = await makeStores();
      await fill(
        stores,
        Array.from({ length: 60 }, (_, i) => makeEntry({ eventId: `e-${i}` })),
      );
      let reads = 0;
      const entries: IndexReader = {
        readIndex: (indexRead) => {
          reads++;
          return stores.entries.readIndex(indexRead);
        },
      };
      const ports = { ...stores, entries, shards: {}, limits: generousLimits, now: () => now };
      for (const filters of [{}, { user: ['u-1'] }, { action: ['UPDATE'] }, { resource: ['orders-d'] }]) {
        reads = 0;
        expect((await search(makeQuery({ filters }), makeCaller(), ports)).items).toHaveLength(50);
        expect(reads).toBe(1);
      }
    });
  });
}
