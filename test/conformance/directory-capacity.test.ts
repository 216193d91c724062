// Measures what the directory adds to the cost of an event, with DynamoDB's consumed capacity.
import type { DynamoDBDocumentClient, QueryCommandInput, QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { listDirectory } from '../../core/directory/directory-listing.ts';
import { Recorder } from '../../core/recording/recorder.ts';
import { demoBodies } from '../support/demo-events.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { makeCaller, now, policy } from '../support/fixtures.ts';
import { meterPuts } from '../support/meter-puts.ts';

/** Messages that are recorded concurrently, as in one batch. */
const batchSize = 10;

const noQueue = {
  send: async () => {
    throw new Error('a demonstration event was not recorded');
  },
};

/** Sums the read units of this client's queries. */
function meterQueries(client: DynamoDBDocumentClient): { count: number; units: number } {
  const spent = { count: 0, units: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as QueryCommandInput;
      if (!('KeyConditionExpression' in input)) return next(args);
      const result = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } });
      spent.count++;
      spent.units += (result.output as QueryCommandOutput).ConsumedCapacity?.CapacityUnits ?? 0;
      return result;
    },
    { step: 'initialize', priority: 'high' },
  );
  return spent;
}

describe('the directory of 1,000 events recorded into empty tables', () => {
  const bodies = demoBodies(1000);
  let stores: Awaited<ReturnType<typeof makeDynamoDbStores>>;
  let writes: ReturnType<typeof meterPuts>;
  beforeAll(async () => {
    stores = await makeDynamoDbStores(inject('dynamodbEndpoint'));
    writes = meterPuts(stores.documents);
    const recorder = new Recorder({ ...stores, rejected: noQueue, deadLetters: noQueue }, policy, () => now);
    for (let first = 0; first < bodies.length; first += batchSize) {
      await recorder.record(bodies.slice(first, first + batchSize));
    }
  }, 120_000);

  it('costs at most 6.5 write units per event on average, entries included', () => {
    const sum = (table: string) => (writes.get(table) ?? []).reduce((total, put) => total + put.total, 0);
    expect(writes.get(stores.tableName)).toHaveLength(bodies.length);
    const [entries, directory] = [sum(stores.tableName), sum(stores.directoryName)];
    const mean = (entries + directory) / bodies.length;
    console.log(`1,000 events: ${mean} write units each; entries ${entries}, directory ${directory}`);
    expect(directory).toBeGreaterThan(0);
    expect(mean).toBeLessThanOrEqual(6.5);
  });

  it('returns suggestions for two accounts for at most 5 read units', async () => {
    const spent = meterQueries(stores.documents);
    for (const list of ['users', 'accounts', 'regions', 'resources'] as const) {
      for (const prefix of ['', 'a']) {
        [spent.count, spent.units] = [0, 0];
        const listing = await listDirectory({ list, prefix, limit: 50 }, makeCaller(), stores.directory);
        console.log(
          `${list}, prefix "${prefix}": ${listing.values.length} values, ${spent.count} queries, ${spent.units} read units`,
        );
        expect(spent.units).toBeGreaterThan(0);
        expect(spent.units).toBeLessThanOrEqual(5);
      }
    }
  });
});
