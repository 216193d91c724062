// Saved views, in a DynamoDB table of their own. Every write states the version that it replaces.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { viewPartitionKey } from '../core/storage/keys.ts';
import type { StoredView, ViewPlace, ViewStore } from '../core/storage/ports.ts';
import { viewAttributes } from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { queryPartition } from './query-partition.ts';
import { asStoreError } from './unavailable.ts';

const { pk, id: sk, view: content, version } = viewAttributes;

const itemSchema = z.object({ [sk]: z.string(), [content]: z.string(), [version]: z.string() });

const contentSchema = z.object({
  name: z.string(),
  search: z.string(),
  columns: z.optional(z.array(z.string())),
  ownerId: z.string(),
  updatedAt: z.string(),
});

export class DynamoDbViewStore implements ViewStore {
  readonly #table: DynamoDbTable;

  constructor(table: DynamoDbTable) {
    this.#table = table;
  }

  list(place: ViewPlace): Promise<readonly StoredView[]> {
    const read = { attribute: pk, partition: partitionOf(place), isConsistent: true };
    return queryPartition(this.#table, read, fromItem);
  }

  async write(
    place: ViewPlace,
    { id, version: next, ...view }: StoredView,
    expectedVersion: string | undefined,
  ): Promise<'written' | 'lost'> {
    const put = new PutCommand({
      TableName: this.#table.tableName,
      Item: { [pk]: partitionOf(place), [sk]: id, [content]: JSON.stringify(view), [version]: next },
      ...conditionFor(expectedVersion),
    });
    return (await this.#succeeds(() => this.#table.client.send(put))) ? 'written' : 'lost';
  }

  async remove(place: ViewPlace, id: string, expectedVersion: string): Promise<'removed' | 'lost'> {
    const remove = new DeleteCommand({
      TableName: this.#table.tableName,
      Key: { [pk]: partitionOf(place), [sk]: id },
      ...conditionFor(expectedVersion),
    });
    return (await this.#succeeds(() => this.#table.client.send(remove))) ? 'removed' : 'lost';
  }

  /** Returns whether the condition of the write was met. */
  async #succeeds(write: () => Promise<unknown>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw asStoreError(error);
    }
  }
}

function partitionOf({ organizationId, userId }: ViewPlace): string {
  return viewPartitionKey(organizationId, userId);
}

function conditionFor(expectedVersion: string | undefined) {
  return expectedVersion === undefined
    ? { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': pk } }
    : {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeNames: { '#version': version },
        ExpressionAttributeValues: { ':expected': expectedVersion },
      };
}

function fromItem(item: unknown): StoredView {
  const parsed = itemSchema.parse(item);
  const view = contentSchema.parse(JSON.parse(String(parsed[content])));
  return { ...view, id: String(parsed[sk]), version: String(parsed[version]) };
}
