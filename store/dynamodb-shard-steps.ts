// Shard steps and counters of writes in the directory table. A step is put once and never replaced.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { shardStepSortKey, shardStepsPartitionKey, writeCountPartitionKey } from '../core/storage/keys.ts';
import type { ShardStepStore, WriteCount } from '../core/storage/ports.ts';
import type { ShardStep } from '../core/storage/shard-counts.ts';
import {
  directoryAttributes,
  shardStepAttributes,
  writeCountAttributes,
} from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { queryShardSteps } from './query-shard-steps.ts';
import { asStoreError } from './unavailable.ts';

const { pk, sk } = directoryAttributes;
const { index, valueKey, shards, from } = shardStepAttributes;
const { minute, writes } = writeCountAttributes;

/** The sort key of a counter, which is alone in its partition. */
const counterSortKey = 'minute';

/** Returns the item of a step. */
export function toShardStepItem(organizationId: string, step: ShardStep): Record<string, unknown> {
  return {
    [pk]: shardStepsPartitionKey(organizationId),
    [sk]: shardStepSortKey(step.index, step.valueKey, step.shards),
    [index]: step.index,
    [valueKey]: step.valueKey,
    [shards]: step.shards,
    [from]: step.fromMillis,
  };
}

export class DynamoDbShardStepStore implements ShardStepStore {
  readonly #table: DynamoDbTable;

  constructor(table: DynamoDbTable) {
    this.#table = table;
  }

  list(organizationId: string): Promise<readonly ShardStep[]> {
    return queryShardSteps(this.#table, organizationId, false);
  }

  async add(organizationId: string, step: ShardStep): Promise<'added' | 'exists'> {
    const { client, tableName } = this.#table;
    const isAdded = await succeeds(() =>
      client.send(
        new PutCommand({
          TableName: tableName,
          Item: toShardStepItem(organizationId, step),
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': pk },
        }),
      ),
    );
    return isAdded ? 'added' : 'exists';
  }

  async countWrites(organizationId: string, count: WriteCount): Promise<number> {
    const added = await this.#addTo(organizationId, count);
    if (added !== undefined) return added;
    if (await this.#startMinute(organizationId, count)) return count.writes;
    // Another recorder started the minute, or a later one.
    return (await this.#addTo(organizationId, count)) ?? count.writes;
  }

  /** Adds to the minute's count and returns the total, or `undefined` if another minute is counted. */
  async #addTo(organizationId: string, count: WriteCount): Promise<number | undefined> {
    let total = 0;
    const isAdded = await succeeds(async () => {
      const { Attributes } = await this.#update(
        organizationId,
        count,
        'ADD #writes :writes',
        '#minute = :minute',
      );
      total = z.number().parse(Attributes?.[writes]);
    });
    return isAdded ? total : undefined;
  }

  #startMinute(organizationId: string, count: WriteCount): Promise<boolean> {
    const isLater = 'attribute_not_exists(#minute) OR #minute < :minute';
    return succeeds(() =>
      this.#update(organizationId, count, 'SET #minute = :minute, #writes = :writes', isLater),
    );
  }

  #update(organizationId: string, count: WriteCount, update: string, condition: string) {
    const { client, tableName } = this.#table;
    return client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: {
          [pk]: writeCountPartitionKey(organizationId, count.index, count.valueKey),
          [sk]: counterSortKey,
        },
        UpdateExpression: update,
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#minute': minute, '#writes': writes },
        ExpressionAttributeValues: { ':minute': count.minuteMillis, ':writes': count.writes },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
  }
}

/** Returns whether the call met its condition. Fails with STORE_UNAVAILABLE, or as the call fails. */
async function succeeds(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw asStoreError(error);
  }
}
