// Reads one item of the entries table.
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import type { Item } from './entry-item.ts';
import { asStoreError } from './unavailable.ts';

/** Returns the item with this key, with a consistent read. Fails with STORE_UNAVAILABLE. */
export async function readItem({ client, tableName }: DynamoDbTable, key: string): Promise<Item | undefined> {
  try {
    const { Item } = await client.send(
      new GetCommand({
        TableName: tableName,
        Key: { [entryAttributes.pk]: key },
        ConsistentRead: true,
      }),
    );
    return Item;
  } catch (error) {
    throw asStoreError(error);
  }
}
