// Reads all items of one partition of a DynamoDB table. Only for partitions that stay small.
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { asStoreError } from './unavailable.ts';

/** A partition of a table, and how to read it. */
export interface PartitionRead {
  /** The name of the table's partition key. */
  readonly attribute: string;
  readonly partition: string;
  readonly isConsistent: boolean;
}

/** Returns every item of the partition, in the order of the sort key. Fails with STORE_UNAVAILABLE, or as `fromItem` does. */
export async function queryPartition<T>(
  { client, tableName }: DynamoDbTable,
  { attribute, partition, isConsistent }: PartitionRead,
  fromItem: (item: unknown) => T,
): Promise<readonly T[]> {
  const found: T[] = [];
  try {
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: '#pk = :partition',
        ExpressionAttributeNames: { '#pk': attribute },
        ExpressionAttributeValues: { ':partition': partition },
        ConsistentRead: isConsistent,
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items.map((item) => fromItem(item)));
    return found;
  } catch (error) {
    throw asStoreError(error);
  }
}
