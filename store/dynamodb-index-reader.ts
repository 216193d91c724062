// Reads the indexes of the entries table. Apart from DynamoDbEntryStore, so that functions that only search do not
// contain the code that writes entries.
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { IndexChunk, IndexRead, IndexReader } from '../core/storage/ports.ts';
import { entryAttributes, indexNames, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { toIndexedItem } from './entry-item.ts';
import { asStoreError } from './unavailable.ts';

/** The minimum that a Query is billed, even when it finds nothing. Some emulators report 0. */
const smallestReadUnits = 0.5;

const { pk, id, view } = entryAttributes;

/** Reads ranges of index partitions. Fails with STORE_UNAVAILABLE when DynamoDB throttles or is unreachable. */
export class DynamoDbIndexReader implements IndexReader {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor({ client, tableName }: DynamoDbTable) {
    this.#client = client;
    this.#tableName = tableName;
  }

  async readIndex(read: IndexRead): Promise<IndexChunk> {
    try {
      const { Items, LastEvaluatedKey, ConsumedCapacity } = await this.#client.send(
        new QueryCommand({
          TableName: this.#tableName,
          IndexName: indexNames[read.index],
          KeyConditionExpression: '#partition = :partition AND #id BETWEEN :lowest AND :highest',
          ProjectionExpression: '#pk, #id, #view',
          ExpressionAttributeNames: {
            '#partition': indexPartitionAttributes[read.index],
            '#pk': pk,
            '#id': id,
            '#view': view,
          },
          ExpressionAttributeValues: {
            ':partition': read.partitionKey,
            ':lowest': read.lowestId,
            ':highest': read.highestId,
          },
          ScanIndexForward: read.order === 'asc',
          Limit: read.limit,
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      const through: unknown = LastEvaluatedKey?.[id];
      return {
        items: (Items ?? []).map((item) => toIndexedItem(organizationOf(read.partitionKey), item)),
        readThroughId: typeof through === 'string' ? through : undefined,
        readUnits: Math.max(ConsumedCapacity?.CapacityUnits ?? 0, smallestReadUnits),
      };
    } catch (error) {
      throw asStoreError(error);
    }
  }
}

/** The organization is the first part of every partition key. Its characters need no escaping. */
function organizationOf(partitionKey: string): string {
  return partitionKey.slice(0, partitionKey.indexOf('#'));
}
