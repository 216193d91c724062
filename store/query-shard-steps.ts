// Reads shard steps from the directory table. Must not import the store that writes them, so that the bundles of
// functions that only read stay small.
import * as z from 'zod/mini';
import { shardStepsPartitionKey } from '../core/storage/keys.ts';
import type { ShardStep } from '../core/storage/shard-counts.ts';
import { indexKeys, maxShards } from '../core/storage/shards.ts';
import { directoryAttributes, shardStepAttributes } from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { queryPartition } from './query-partition.ts';

const { pk } = directoryAttributes;
const { index, valueKey, shards, from } = shardStepAttributes;

const itemSchema = z.object({
  [index]: z.enum(indexKeys),
  [valueKey]: z.string(),
  [shards]: z.int().check(z.minimum(2), z.maximum(maxShards)),
  [from]: z.int(),
});

/** Returns the steps of an organization. Fails with STORE_UNAVAILABLE, or if a step is malformed. */
export function queryShardSteps(
  table: DynamoDbTable,
  organizationId: string,
  isConsistent: boolean,
): Promise<readonly ShardStep[]> {
  const read = { attribute: pk, partition: shardStepsPartitionKey(organizationId), isConsistent };
  return queryPartition(table, read, fromItem);
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
