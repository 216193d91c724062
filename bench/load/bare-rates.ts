// Measures the rates of the engine alone: conditional puts of the same items and Queries of the same pages, in parallel
// with the same concurrency as the stack, from one process.
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { buildEntry } from '../../core/recording/build-entry.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import { indexKeys } from '../../core/storage/shards.ts';
import { indexNames, indexPartitionAttributes } from '../../core/storage/table-attributes.ts';
import { toStorable } from '../../store/entry-item.ts';
import { makeDynamoDbStores } from '../../test/support/dynamodb.ts';
import { policy } from '../../test/support/fixtures.ts';
import { runConcurrently } from '../run-concurrently.ts';
import { generateSeedEvents } from '../seed-events.ts';

export interface BareRates {
  readonly putsPerSecond: number;
  readonly queriesPerSecond: number;
}

export interface BareOptions {
  readonly endpoint: string;
  readonly puts: number;
  readonly queries: number;
  readonly seconds: number;
}

type Item = Readonly<Record<string, unknown>>;

/** The number of items that exist before the measurement, so that pages are full. */
const preloaded = 1_000;

/** The number of items built before the measurement, because building takes time. The puts end when all are written. */
const prepared = 12_000;

const pageSize = 50;

/** Measures the put and Query rates in new tables. */
export async function measureBareRates({
  endpoint,
  puts,
  queries,
  seconds,
}: BareOptions): Promise<BareRates> {
  const { documents, client, tableName } = await makeDynamoDbStores(endpoint);
  const items = makeItems(preloaded + prepared);
  const put = (item: Item) =>
    documents.send(
      new PutCommand({ TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
  await runConcurrently(items.slice(0, preloaded), puts, async (item) => void (await put(item)));
  const start = performance.now();
  const isOver = () => performance.now() - start >= seconds * 1000;
  let [putCount, queryCount, putMillis] = [0, 0, 0];
  const putAll = async () => {
    await runConcurrently(takeUntil(isOver, items.slice(preloaded)), puts, async (item) => {
      await put(item);
      putCount++;
    });
    putMillis = performance.now() - start;
  };
  const queryAll = () =>
    runConcurrently(takeUntil(isOver, repeatForever(items.slice(0, preloaded))), queries, async (item) => {
      const index = indexKeys[queryCount++ % indexKeys.length] ?? 'time';
      const attribute = indexPartitionAttributes[index];
      await documents.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: indexNames[index],
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': attribute },
          ExpressionAttributeValues: { ':pk': item[attribute] },
          ScanIndexForward: false,
          Limit: pageSize,
        }),
      );
    });
  await Promise.all([putAll(), queryAll()]);
  const queryMillis = performance.now() - start;
  client.destroy();
  return {
    putsPerSecond: (putCount / putMillis) * 1000,
    queriesPerSecond: (queryCount / queryMillis) * 1000,
  };
}

function makeItems(count: number): Item[] {
  return Array.from(generateSeedEvents(count, 4), (event) => {
    const built = buildEntry(event, policy, Date.now());
    if ('issues' in built) throw new Error(JSON.stringify(built.issues));
    return toStorable(built.entry, fixedShards()).item;
  });
}

function* takeUntil<T>(isOver: () => boolean, values: Iterable<T>): Generator<T> {
  for (const value of values) {
    if (isOver()) return;
    yield value;
  }
}

function* repeatForever<T>(values: readonly T[]): Generator<T> {
  for (;;) yield* values;
}
