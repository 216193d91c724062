// The sequencer's item, in a DynamoDB table of its own.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { SequencerItem, SequencerStore } from '../core/log/ports.ts';
import { sequencerAttributes } from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { asStoreError } from './unavailable.ts';

const { pk, value, version } = sequencerAttributes;
const itemKey = { [pk]: 'sequencer' };
const itemSchema = z.object({ [value]: z.string(), [version]: z.int() });

export class DynamoDbSequencerStore implements SequencerStore {
  readonly #table: DynamoDbTable;

  constructor(table: DynamoDbTable) {
    this.#table = table;
  }

  async read(): Promise<SequencerItem | undefined> {
    const { client, tableName } = this.#table;
    try {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: itemKey, ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      const item = itemSchema.parse(Item);
      return { value: String(item[value]), version: Number(item[version]) };
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async write(next: string, expectedVersion: number): Promise<'written' | 'lost'> {
    const { client, tableName } = this.#table;
    try {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...itemKey, [value]: next, [version]: expectedVersion + 1 },
          ...(expectedVersion === 0
            ? { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': pk } }
            : {
                ConditionExpression: '#version = :expected',
                ExpressionAttributeNames: { '#version': version },
                ExpressionAttributeValues: { ':expected': expectedVersion },
              }),
        }),
      );
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'lost';
      throw asStoreError(error);
    }
  }
}
