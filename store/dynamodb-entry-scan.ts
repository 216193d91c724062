// Scans the entries table for the sealer.
import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { EntryScan, ScanPage } from '../core/log/ports.ts';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import { toItemImage } from './item-image.ts';
import { asStoreError } from './unavailable.ts';

const { pk } = entryAttributes;

/** Positions are the keys of items. */
export class DynamoDbEntryScan implements EntryScan {
  readonly #client: DynamoDBClient;
  readonly #tableName: string;

  constructor({ client, tableName }: { readonly client: DynamoDBClient; readonly tableName: string }) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async scan(after: string | undefined, limit: number): Promise<ScanPage> {
    try {
      const { Items = [], LastEvaluatedKey } = await this.#client.send(
        new ScanCommand({
          TableName: this.#tableName,
          ConsistentRead: true,
          Limit: limit,
          ...(after !== undefined && { ExclusiveStartKey: { [pk]: { S: after } } }),
        }),
      );
      return { items: Items.map(toItemImage), next: LastEvaluatedKey?.[pk]?.S };
    } catch (error) {
      throw asStoreError(error);
    }
  }
}
