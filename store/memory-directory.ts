// The directory in memory, with the shard steps.
import { replacementOf } from '../core/directory/directory-rows.ts';
import {
  compareSortKeys,
  directoryPartitionKey,
  directorySortKey,
  shardStepSortKey,
  shardStepsPartitionKey,
  writeCountPartitionKey,
} from '../core/storage/keys.ts';
import type {
  AccountRegion,
  Directory,
  DirectoryPage,
  DirectoryRead,
  DirectoryRow,
  Meter,
  ShardStepStore,
  WriteCount,
} from '../core/storage/ports.ts';
import type { ShardStep } from '../core/storage/shard-counts.ts';
import { hasPrefix } from '../core/values/folded-text.ts';

/** The cost of a consistent read of a few rows in DynamoDB. */
const readUnits = 1;

export class MemoryDirectory implements Directory {
  readonly shardSteps = new MemoryShardSteps();
  readonly #partitions = new Map<string, Map<string, DirectoryRow>>();

  async findMissing(organizationId: string, rows: readonly DirectoryRow[]): Promise<readonly DirectoryRow[]> {
    return rows.filter((row) => {
      const partition = this.#partitions.get(directoryPartitionKey(organizationId, row.field, row.accountId));
      const stored = partition?.get(directorySortKey(row.term, row.value));
      return stored === undefined || replacementOf(stored, row) !== undefined;
    });
  }

  async ensure(organizationId: string, rows: readonly DirectoryRow[]): Promise<void> {
    for (const row of rows) {
      const key = directoryPartitionKey(organizationId, row.field, row.accountId);
      const partition = this.#partitions.get(key) ?? new Map<string, DirectoryRow>();
      this.#partitions.set(key, partition);
      const sortKey = directorySortKey(row.term, row.value);
      const stored = partition.get(sortKey);
      partition.set(sortKey, stored === undefined ? row : (replacementOf(stored, row) ?? stored));
    }
  }

  async listAccountRegions(
    organizationId: string,
    accountId?: string,
    meter?: Meter,
  ): Promise<readonly AccountRegion[]> {
    meter?.(readUnits);
    return this.#rowsOf(directoryPartitionKey(organizationId, 'accountRegions'))
      .map(({ row }) => ({ accountId: row.term, region: row.value }))
      .filter((pair) => accountId === undefined || pair.accountId === accountId);
  }

  async listTargets(
    organizationId: string,
    targetId: string,
    meter?: Meter,
  ): Promise<readonly DirectoryRow[]> {
    meter?.(readUnits);
    return this.#rowsOf(directoryPartitionKey(organizationId, 'targets'))
      .map(({ row }) => row)
      .filter(({ term }) => term === targetId);
  }

  async listValues(organizationId: string, read: DirectoryRead): Promise<DirectoryPage> {
    const { field, accountId, prefix, limit, after, meter } = read;
    meter?.(readUnits);
    const rest = this.#rowsOf(directoryPartitionKey(organizationId, field, accountId)).filter(
      ({ row, position }) =>
        hasPrefix(row.term, prefix) && (after === undefined || compareSortKeys(position, after) > 0),
    );
    const rows = rest.slice(0, limit).map(({ row, position }) => ({ ...row, position }));
    return { rows, next: rest.length > limit ? rows.at(-1)?.position : undefined };
  }

  listShardSteps(organizationId: string): Promise<readonly ShardStep[]> {
    return this.shardSteps.list(organizationId);
  }

  #rowsOf(partitionKey: string): { row: DirectoryRow; position: string }[] {
    return [...(this.#partitions.get(partitionKey) ?? [])]
      .map(([position, row]) => ({ position, row }))
      .sort((left, right) => compareSortKeys(left.position, right.position));
  }
}

class MemoryShardSteps implements ShardStepStore {
  readonly #steps = new Map<string, Map<string, ShardStep>>();
  readonly #counts = new Map<string, Pick<WriteCount, 'minuteMillis' | 'writes'>>();

  async list(organizationId: string): Promise<readonly ShardStep[]> {
    return [...(this.#steps.get(shardStepsPartitionKey(organizationId))?.values() ?? [])];
  }

  async add(organizationId: string, step: ShardStep): Promise<'added' | 'exists'> {
    const partitionKey = shardStepsPartitionKey(organizationId);
    const partition = this.#steps.get(partitionKey) ?? new Map<string, ShardStep>();
    this.#steps.set(partitionKey, partition);
    const key = shardStepSortKey(step.index, step.valueKey, step.shards);
    if (partition.has(key)) return 'exists';
    partition.set(key, step);
    return 'added';
  }

  async countWrites(
    organizationId: string,
    { index, valueKey, minuteMillis, writes }: WriteCount,
  ): Promise<number> {
    const key = writeCountPartitionKey(organizationId, index, valueKey);
    const stored = this.#counts.get(key);
    if (stored !== undefined && stored.minuteMillis > minuteMillis) return writes;
    const total = (stored?.minuteMillis === minuteMillis ? stored.writes : 0) + writes;
    this.#counts.set(key, { minuteMillis, writes: total });
    return total;
  }
}
