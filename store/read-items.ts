// Reads many items of the entries table by their keys.
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import type { Item } from './entry-item.ts';
import { asStoreError } from './unavailable.ts';

/**
 * Maximum keys of one call: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
const maxKeysPerCall = 100;

/** Calls in a row that return nothing at all before the read fails. */
const maxFruitlessCalls = 5;

/** Backoff between calls that leave keys unprocessed: full jitter with a limit that doubles. */
const firstBackoffMillis = 25;

/** The items that exist, by key, and the read units consumed. */
export interface ItemBatch {
  readonly items: ReadonlyMap<string, Item>;
  readonly readUnits: number;
}

/**
 * Returns the items with these keys, with eventually consistent reads. DynamoDB returns at most 16 MB in a call; the
 * remaining keys are read in further calls. Fails with STORE_UNAVAILABLE.
 */
export async function readItems(
  { client, tableName }: DynamoDbTable,
  keys: readonly string[],
): Promise<ItemBatch> {
  const { pk } = entryAttributes;
  const items = new Map<string, Item>();
  let readUnits = 0;
  let open = [...new Set(keys)];
  for (let fruitless = 0; open.length > 0; ) {
    const asked = open.slice(0, maxKeysPerCall);
    const response = await client
      .send(
        new BatchGetCommand({
          RequestItems: { [tableName]: { Keys: asked.map((key) => ({ [pk]: key })) } },
          ReturnConsumedCapacity: 'TOTAL',
        }),
      )
      .catch((error: unknown) => {
        throw asStoreError(error);
      });
    for (const item of response.Responses?.[tableName] ?? []) items.set(String(item[pk]), item);
    for (const { CapacityUnits = 0 } of response.ConsumedCapacity ?? []) readUnits += CapacityUnits;
    const unprocessed = (response.UnprocessedKeys?.[tableName]?.Keys ?? []).map((key) => String(key[pk]));
    open = [...unprocessed, ...open.slice(maxKeysPerCall)];
    fruitless = unprocessed.length < asked.length ? 0 : fruitless + 1;
    if (fruitless === maxFruitlessCalls) {
      throw new RequestLogsError(
        errorCodes.storeUnavailable,
        'the store is throttled or unreachable; try again',
      );
    }
    if (fruitless > 0) await pause(Math.random() * firstBackoffMillis * 2 ** fruitless);
  }
  return { items, readUnits };
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
