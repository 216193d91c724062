// Which index partitions hold the answer to a query. Whatever is picked, the answer is the same; only the cost
// differs.
import type { Caller } from './caller.ts';
import type { Action } from './event.ts';
import { indexPartitionKey, type PartitionValues } from './keys.ts';
import type { IndexKey } from './names.ts';
import type { Directory } from './ports.ts';
import type { Query } from './query.ts';
import { type IndexShards, shardCountWithin } from './shards.ts';

/** Partitions of one index that together hold every entry of the answer. */
export interface Plan {
  readonly index: IndexKey;
  readonly partitionKeys: readonly string[];
}

/**
 * Picks the index: resource name, user, account & region, action, time, the first that the query has a filter
 * for. A caller who is limited to accounts is served from those accounts' partitions alone, so that neither a
 * position nor a cost tells of others.
 */
export async function planQuery(
  query: Query,
  caller: Caller,
  directory: Directory,
  shards: IndexShards,
): Promise<Plan> {
  const { resource, user, account, region, action } = query.filters;
  const partitions = <K extends IndexKey>(index: K, values: readonly PartitionValues[K][]): Plan => ({
    index,
    partitionKeys: partitionKeysOf(caller.organizationId, index, values, query, shards),
  });
  if (caller.accounts === undefined) {
    if (resource)
      return partitions(
        'resourceName',
        resource.map((name) => [name] as const),
      );
    if (user)
      return partitions(
        'user',
        user.map((userId) => [userId] as const),
      );
  }
  if (caller.accounts !== undefined || account || region) {
    return partitions('accountRegion', await listAccountRegions(query, caller, directory));
  }
  if (action)
    return partitions(
      'action',
      action.map((value) => [value as Action] as const),
    );
  return partitions('time', [[]]);
}

/** The account-region pairs that the filters name, looked up where they name only one of the two. */
async function listAccountRegions(
  { filters: { account, region } }: Query,
  { organizationId, accounts: visible }: Caller,
  directory: Directory,
): Promise<(readonly [string, string])[]> {
  const accounts = visible && account ? account.filter((id) => visible.includes(id)) : (account ?? visible);
  if (accounts && region) return accounts.flatMap((id) => region.map((name) => [id, name] as const));
  const seen = accounts
    ? await Promise.all(accounts.map((id) => directory.listAccountRegions(organizationId, id)))
    : [await directory.listAccountRegions(organizationId)];
  return seen
    .flat()
    .filter((pair) => !region || region.includes(pair.region))
    .map((pair) => [pair.accountId, pair.region] as const);
}

function partitionKeysOf<K extends IndexKey>(
  organizationId: string,
  index: K,
  values: readonly PartitionValues[K][],
  { fromMillis, toMillis }: Query,
  shards: IndexShards,
): string[] {
  const count = shardCountWithin(shards, index, fromMillis, toMillis);
  return values.flatMap((value) =>
    Array.from({ length: count }, (_, shard) => indexPartitionKey(organizationId, index, value, shard)),
  );
}
