// Reads shard steps from the directory table. Apart from the store that writes them, so that functions that only read
// do not contain that code.
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { shardStepsPartitionKey } from '../core/storage/keys.ts';
import type { ShardStep } from '../core/storage/shard-counts.ts';
import { indexKeys, maxShards } from '../core/storage/shards.ts';
import { directoryAttributes, shardStepAttributes } from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { asStoreError } from './unavailable.ts';

const { pk } = directoryAttributes;
const { index, valueKey, shards, from } = shardStepAttributes;

const itemSchema = z.object({
  [index]: z.enum(indexKeys),
  [valueKey]: z.string(),
  [shards]: z.int().check(z.minimum(2), z.maximum(maxShards)),
  [from]: z.int(),
});

/** Returns the steps of an organization. Fails with STORE_UNAVAILABLE, or if a step is malformed. */
export async function queryShardSteps(
  { client, tableName }: DynamoDbTable,
  organizationId: string,
  isConsistent: boolean,
): Promise<readonly ShardStep[]> {
  const found: ShardStep[] = [];
  try {
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: '#pk = :partition',
        ExpressionAttributeNames: { '#pk': pk },
        ExpressionAttributeValues: { ':partition': shardStepsPartitionKey(organizationId) },
        ConsistentRead: isConsistent,
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items.map(fromItem));
    return found;
  } catch (error) {
    throw asStoreError(error);
  }
}

function fromItem(item: unknown): ShardStep {
  const parsed = itemSchema.parse(item);
  return {
    index: parsed[index],
    valueKey: parsed[valueKey],
    shards: parsed[shards],
    fromMillis: parsed[from],
  };
}
