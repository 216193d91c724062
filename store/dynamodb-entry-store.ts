// Entries in DynamoDB. The conditional put is the one place where an event becomes an entry; nothing here updates
// or deletes.
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LogEntry } from '../core/entry/entry.ts';
import { entryKey } from '../core/storage/keys.ts';
import type {
  EntryStore,
  IndexChunk,
  IndexRead,
  OverflowStore,
  PutOutcome,
  StoredEntry,
} from '../core/storage/ports.ts';
import type { IndexShards } from '../core/storage/shards.ts';
import { entryAttributes, indexNames, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { type Item, toIndexedItem, toStorable, toStoredEntry } from './entry-item.ts';
import { writeStates } from './overflow.ts';
import { asStoreError } from './unavailable.ts';

/** What a Query bills at least, also when it finds nothing; DynamoDB Local says 0 then. */
const smallestReadUnits = 0.5;

export interface DynamoDbEntryStoreOptions extends DynamoDbTable {
  /** Shard counts that new entries are written under; readers get theirs with the partition key. */
  readonly shards: IndexShards;
  /**
   * Where states lie that do not fit an item; to `put` such an entry, or read it whole, needs it.
   * @default none, for who reads indexes alone: both fail with INVALID_CONFIGURATION
   */
  readonly overflow?: OverflowStore;
}

const { pk, id, view } = entryAttributes;

export class DynamoDbEntryStore implements EntryStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;
  readonly #shards: IndexShards;
  readonly #overflow: OverflowStore;

  constructor({ client, tableName, shards, overflow = noOverflow }: DynamoDbEntryStoreOptions) {
    this.#client = client;
    this.#tableName = tableName;
    this.#shards = shards;
    this.#overflow = overflow;
  }

  async put(entry: LogEntry): Promise<PutOutcome> {
    const { item, object } = toStorable(entry, this.#shards);
    if (object) {
      // Looked for first, so that a resend or a conflict leaves no object behind.
      const stored = await this.#read(entry.organizationId, entry.id);
      if (stored) return { status: 'exists', stored };
      await writeStates(this.#overflow, object);
    }
    try {
      await this.#client.send(
        new PutCommand({
          TableName: this.#tableName,
          Item: item,
          ConditionExpression: 'attribute_not_exists(#pk)',
          ExpressionAttributeNames: { '#pk': pk },
        }),
      );
      return { status: 'recorded' };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw asStoreError(error);
    }
    const stored = await this.#read(entry.organizationId, entry.id);
    if (stored) return { status: 'exists', stored };
    // Its retention ended between the two calls; the next try will record the event.
    throw new RequestLogsError(errorCodes.storeUnavailable, 'the stored entry expired meanwhile; try again');
  }

  async get(organizationId: string, entryId: string): Promise<StoredEntry | undefined> {
    const stored = await this.#read(organizationId, entryId);
    return stored?.head.id === entryId ? stored : undefined;
  }

  async #read(organizationId: string, entryId: string): Promise<StoredEntry | undefined> {
    const item = await this.#readItem(organizationId, entryId);
    return item && toStoredEntry(organizationId, item, this.#overflow);
  }

  async #readItem(organizationId: string, entryId: string): Promise<Item | undefined> {
    try {
      const { Item } = await this.#client.send(
        new GetCommand({
          TableName: this.#tableName,
          Key: { [pk]: entryKey(organizationId, entryId) },
          ConsistentRead: true,
        }),
      );
      return Item;
    } catch (error) {
      throw asStoreError(error);
    }
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

const refuseOverflow = async (): Promise<never> => {
  throw new RequestLogsError(
    errorCodes.invalidConfiguration,
    'overflow must be set to put or read whole an entry whose states do not fit an item',
    { field: 'overflow' },
  );
};

const noOverflow: OverflowStore = { put: refuseOverflow, get: refuseOverflow };

/** The organisation is the first part of every partition key; its characters need no escaping. */
function organizationOf(partitionKey: string): string {
  return partitionKey.slice(0, partitionKey.indexOf('#'));
}
