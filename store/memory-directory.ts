// The directory in memory.
import { directoryPartitionKey, directorySortKey } from '../core/keys.ts';
import type { Directory, DirectoryRow } from '../core/ports.ts';

export class MemoryDirectory implements Directory {
  readonly #partitions = new Map<string, Map<string, DirectoryRow>>();

  async ensure(organizationId: string, rows: readonly DirectoryRow[]): Promise<void> {
    for (const row of rows) {
      const key = directoryPartitionKey(organizationId, row.field, row.accountId);
      const partition = this.#partitions.get(key) ?? new Map<string, DirectoryRow>();
      this.#partitions.set(key, partition);
      const sortKey = directorySortKey(row.term, row.value);
      if (!partition.has(sortKey)) partition.set(sortKey, row);
    }
  }

  async listAccountRegions(organizationId: string, accountId?: string) {
    const partition = this.#partitions.get(
      directoryPartitionKey(organizationId, 'accountRegions', accountId),
    );
    return [...(partition?.values() ?? [])].map((row) => ({ accountId: row.term, region: row.value }));
  }
}
