// Measures the cost of an event and of a page with DynamoDB's consumed capacity. The cost table in
// docs/architecture.md uses this output.
import { describe, expect, inject, it } from 'vitest';
import { directoryRowsOf } from '../../core/directory/directory-rows.ts';
import { buildEntry } from '../../core/recording/build-entry.ts';
import { search } from '../../core/search/search.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { insertOne, makeEntry } from '../support/entries.ts';
import { goodSampleNames, makeCaller, now, policy, readSample } from '../support/fixtures.ts';
import { meterPuts } from '../support/meter-puts.ts';
import { fill, generousLimits, makeQuery } from '../support/search.ts';

describe('write units', () => {
  it('of each sample event are 1 in each index that contains it and at most 7 in total, or 8 for a finding', async () => {
    const stores = await makeDynamoDbStores(inject('dynamodbEndpoint'));
    const spent = meterPuts(stores.documents);
    const samples = goodSampleNames.filter((name) => !name.startsWith('12'));
    const verdicts: string[] = [];
    for (const name of samples) {
      const built = buildEntry(readSample(name), policy, now);
      if ('issues' in built) throw new Error(name);
      await stores.directory.ensure(built.entry.organizationId, directoryRowsOf(built.entry));
      await insertOne(stores.entries, built.entry);
      verdicts.push(built.entry.verdict);
    }
    const puts = spent.get(stores.tableName) ?? [];
    expect(puts).toHaveLength(samples.length);
    for (const [place, { total, indexes }] of puts.entries()) {
      const isFinding = verdicts[place] !== 'PERMITTED';
      expect(indexes).toEqual(isFinding ? [1, 1, 1, 1, 1, 1] : [1, 1, 1, 1, 1]);
      expect(total).toBeLessThanOrEqual(isFinding ? 8 : 7);
    }
    const mean = puts.reduce((sum, put) => sum + put.total, 0) / puts.length;
    expect(mean).toBeLessThanOrEqual(6.7);
    const directory = (spent.get(stores.directoryName) ?? []).reduce((sum, put) => sum + put.total, 0);
    console.log(
      `write units: ${samples.map((name, i) => `${name.slice(0, 2)}: ${puts[i]?.total} ${verdicts[i]}`).join(', ')}`,
    );
    console.log(
      `mean ${mean.toFixed(2)}; directory ${directory} in total for ${samples.length} events in empty tables`,
    );
  });
});

describe('write units of small entries', () => {
  it.each([
    ['PERMITTED', 6],
    ['DENIED', 7],
    ['VIOLATION', 7],
    ['UNKNOWN_ROLE', 7],
  ] as const)('are for a verdict of %s: %d', async (verdict, units) => {
    const stores = await makeDynamoDbStores(inject('dynamodbEndpoint'));
    const spent = meterPuts(stores.documents);
    await insertOne(stores.entries, makeEntry({ eventId: 'e-1', verdict }));
    expect(spent.get(stores.tableName)?.map(({ total }) => total)).toEqual([units]);
  });
});

describe('write units of a dispute', () => {
  it('are 1 in each of two indexes and at most 4 in total', async () => {
    const stores = await makeDynamoDbStores(inject('dynamodbEndpoint'));
    const entry = makeEntry({ eventId: 'e-1' });
    await insertOne(stores.entries, entry);
    const spent = meterPuts(stores.documents);
    await stores.entries.disputes.insert(entry, makeEntry({ eventId: 'e-1', userId: 'u-2' }), 0);
    const [{ total, indexes } = { total: 0, indexes: [] }] = spent.get(stores.tableName) ?? [];
    expect(indexes).toEqual([1, 1]);
    expect(total).toBeLessThanOrEqual(4);
    console.log(`write units of a dispute: ${total}`);
  });
});

describe('read units', () => {
  it('of a page of 50 entries with one filter are at most 4, in one Query', async () => {
    const stores = await makeDynamoDbStores(inject('dynamodbEndpoint'));
    const entries = Array.from({ length: 400 }, (_, i) =>
      makeEntry({
        eventId: `evt-20261123-${i}`,
        occurredAtMillis: now - i * 60_000,
        name: 'checkout-api',
        environment: 'prod',
        serviceName: 'checkout-api',
      }),
    );
    await fill(stores, entries);
    let spent: number[] = [];
    const ports = {
      ...stores,
      entries: {
        readIndex: async (read: Parameters<typeof stores.entries.readIndex>[0]) => {
          const chunk = await stores.entries.readIndex(read);
          spent.push(chunk.readUnits);
          return chunk;
        },
      },
      shards: {},
      limits: generousLimits,
      now: () => now,
    };
    const filters = [
      {},
      { user: ['u-1'] },
      { action: ['UPDATE'] },
      { account: ['123456789012'], region: ['eu-west-1'] },
      { resource: ['checkout-api'] },
    ];
    for (const filter of filters) {
      spent = [];
      expect((await search(makeQuery({ filters: filter }), makeCaller(), ports)).items).toHaveLength(50);
      expect(spent).toHaveLength(1);
      expect(spent[0]).toBeLessThanOrEqual(4);
      console.log(
        `read units of a page of 50 by ${Object.keys(filter).join(' and ') || 'time'}: ${spent[0]}`,
      );
    }
  });
});
