// Reads the directory in DynamoDB.
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  accountRegionsStart,
  compareSortKeys,
  directoryPartitionKey,
  directorySortKeyStart,
  directoryTermStart,
} from '../core/storage/keys.ts';
import type {
  AccountRegion,
  DirectoryPage,
  DirectoryRead,
  DirectoryReader,
  DirectoryRow,
  Meter,
  TargetReader,
} from '../core/storage/ports.ts';
import type { ShardStep } from '../core/storage/shard-counts.ts';
import { ShardStepCache } from '../core/storage/shard-step-cache.ts';
import { directoryAttributes } from '../core/storage/table-attributes.ts';
import { hasPrefix } from '../core/values/folded-text.ts';
import { fromDirectoryItem } from './directory-item.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { queryShardSteps } from './query-shard-steps.ts';
import { asStoreError } from './unavailable.ts';

const { pk, sk } = directoryAttributes;

export class DynamoDbDirectoryReader implements DirectoryReader, TargetReader {
  readonly #table: DynamoDbTable;
  readonly #steps: ShardStepCache;

  constructor(table: DynamoDbTable) {
    this.#table = table;
    // A consistent read: the cache must hold every step that was written before the read.
    this.#steps = new ShardStepCache((organizationId) => queryShardSteps(table, organizationId, true));
  }

  async listAccountRegions(
    organizationId: string,
    accountId?: string,
    meter?: Meter,
  ): Promise<readonly AccountRegion[]> {
    const start = accountId === undefined ? '' : accountRegionsStart(accountId);
    const rows = await this.#readRows(organizationId, 'accountRegions', start, meter);
    return rows.map(({ term, value }) => ({ accountId: term, region: value }));
  }

  async listTargets(
    organizationId: string,
    targetId: string,
    meter?: Meter,
  ): Promise<readonly DirectoryRow[]> {
    const rows = await this.#readRows(organizationId, 'targets', directoryTermStart(targetId), meter);
    return rows.filter(({ term }) => term === targetId);
  }

  /** Reads rows of the organization, consistently: a visible entry must be found, and its rows were written before it. */
  async #readRows(
    organizationId: string,
    field: 'accountRegions' | 'targets',
    start: string,
    meter: Meter | undefined,
  ): Promise<readonly DirectoryRow[]> {
    const found: DirectoryRow[] = [];
    const partition = directoryPartitionKey(organizationId, field);
    try {
      const pages = paginateQuery(
        { client: this.#table.client },
        {
          TableName: this.#table.tableName,
          ...keyCondition(partition, start),
          ConsistentRead: true,
          ReturnConsumedCapacity: 'TOTAL',
        },
      );
      for await (const { Items = [], ConsumedCapacity } of pages) {
        meter?.(unitsOf(ConsumedCapacity, true));
        for (const item of Items) found.push(fromDirectoryItem(item, { field }));
      }
      return found;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async listValues(organizationId: string, read: DirectoryRead): Promise<DirectoryPage> {
    const { field, accountId, prefix, limit, after, isConsistent, meter } = read;
    const partition = directoryPartitionKey(organizationId, field, accountId);
    const start = directorySortKeyStart(prefix);
    // DynamoDB rejects a start key outside the key condition.
    const isInside = after?.startsWith(start);
    if (after !== undefined && !isInside && compareSortKeys(after, start) > 0) {
      return { rows: [], next: undefined };
    }
    try {
      const {
        Items = [],
        LastEvaluatedKey,
        ConsumedCapacity,
      } = await this.#table.client.send(
        new QueryCommand({
          TableName: this.#table.tableName,
          ...keyCondition(partition, start),
          Limit: limit,
          ConsistentRead: isConsistent,
          ReturnConsumedCapacity: 'TOTAL',
          ...(isInside && { ExclusiveStartKey: { [pk]: partition, [sk]: after } }),
        }),
      );
      meter?.(unitsOf(ConsumedCapacity, isConsistent));
      const rows = Items.map((item) => fromDirectoryItem(item, read));
      return {
        rows: rows.filter((row) => hasPrefix(row.term, prefix)),
        next: LastEvaluatedKey?.[sk],
      };
    } catch (error) {
      throw asStoreError(error);
    }
  }

  listShardSteps(organizationId: string): Promise<readonly ShardStep[]> {
    return this.#steps.list(organizationId);
  }
}

/** A read that finds nothing is billed too, but some emulators report 0. */
function unitsOf(consumed: ConsumedCapacity | undefined, isConsistent: boolean): number {
  return Math.max(consumed?.CapacityUnits ?? 0, isConsistent ? 1 : 0.5);
}

function keyCondition(partition: string, start: string) {
  const isFullPartition = start === '';
  return {
    KeyConditionExpression: isFullPartition
      ? '#pk = :partition'
      : '#pk = :partition AND begins_with(#sk, :start)',
    ExpressionAttributeNames: { '#pk': pk, ...(isFullPartition ? {} : { '#sk': sk }) },
    ExpressionAttributeValues: { ':partition': partition, ...(isFullPartition ? {} : { ':start': start }) },
  };
}
