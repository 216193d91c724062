// Which index partitions hold the answer to a query. Whatever is picked, the answer is the same; only the cost
// differs.
import type { Caller } from './caller.ts';
import { expandResourcePrefix } from './directory-expansion.ts';
import { indexPartitionKey, type PartitionValues } from './keys.ts';
import { type IndexKey, indexNames } from './names.ts';
import type { Directory, Meter } from './ports.ts';
import { type FilterName, isPrefix, type Query } from './query.ts';
import { type IndexShards, shardCountWithin } from './shards.ts';
import type { Action } from './vocabulary.ts';

/** Partitions of one index that together hold every entry of the answer. */
export interface Plan {
  readonly index: IndexKey;
  readonly partitionKeys: readonly string[];
  /** Whether every entry in the partitions and the time range matches the query. */
  readonly isExact: boolean;
}

/** Most partitions that are read side by side where another plan exists; each costs half a read unit at least. */
const maxPartitions = 64;

/** The directory, and what planning may read of it. */
export interface PlanDirectory {
  readonly directory: Directory;
  /** Told of what is read. */
  readonly meter: Meter;
  /** Read units that expanding prefixes may still spend: the rest is for entries. */
  readonly unitsLeft: () => number;
}

/**
 * The plans for a query, the one most likely to be cheapest first: resource name, user, account & region, action,
 * time. A caller who is limited to accounts is served from those accounts' partitions alone, so that neither a
 * position nor a cost tells of others. With `only`, the name of an index that a search began with, no others are looked
 * for; where it cannot be read any more, time takes its place.
 */
export async function listPlans(
  query: Query,
  caller: Caller,
  directory: PlanDirectory,
  shards: IndexShards,
  only?: string,
): Promise<readonly [Plan, ...Plan[]]> {
  const { resource, user, account, region, action } = query.filters;
  const isWanted = (index: IndexKey) => only === undefined || indexNames[index] === only;
  const planFor = <K extends IndexKey>(
    index: K,
    values: readonly PartitionValues[K][],
    ...covered: FilterName[]
  ): Plan => ({
    index,
    partitionKeys: partitionKeysOf(caller.organizationId, index, values, query, shards),
    isExact: Object.keys(query.filters).every((name) => covered.includes(name as FilterName)),
  });
  const byAccountRegion = async () =>
    planFor('accountRegion', await listAccountRegions(query, caller, directory), 'account', 'region');
  if (caller.accounts !== undefined) return [await byAccountRegion()];
  const plans: Plan[] = [];
  const names =
    resource && isWanted('resourceName') && (await expandNames(resource, caller.organizationId, directory));
  if (names)
    plans.push(
      planFor(
        'resourceName',
        names.map((name) => [name] as const),
        'resource',
      ),
    );
  if (user && isWanted('user'))
    plans.push(
      planFor(
        'user',
        user.map((userId) => [userId] as const),
        'user',
      ),
    );
  if ((account || region) && isWanted('accountRegion')) plans.push(await byAccountRegion());
  if (action && isWanted('action'))
    plans.push(
      planFor(
        'action',
        action.map((value) => [value as Action] as const),
        'action',
      ),
    );
  const narrow = plans.filter((plan) => plan.partitionKeys.length <= maxPartitions);
  const [first, ...others] = narrow;
  return first ? [first, ...others] : [planFor('time', [[]])];
}

/** The plan with this index's name among the plans; `undefined` when there is none. */
export function findPlan(plans: readonly Plan[], indexName: string | undefined): Plan | undefined {
  return plans.find((plan) => indexNames[plan.index] === indexName);
}

/** Most names that a prefix is expanded to; with more of them another index is read. */
const maxNames = 50;

/** The names that the filter stands for; `undefined` when they are too many. */
async function expandNames(
  resource: readonly string[],
  organizationId: string,
  { directory, meter, unitsLeft }: PlanDirectory,
): Promise<readonly string[] | undefined> {
  const names = new Set(resource.filter((name) => !isPrefix(name)));
  const limits = { maxNames, meter, unitsLeft };
  for (const prefix of resource.filter(isPrefix)) {
    const found = await expandResourcePrefix(organizationId, prefix.slice(0, -1), limits, directory);
    if (!found) return undefined;
    for (const name of found) names.add(name);
  }
  return names.size <= maxNames ? [...names] : undefined;
}

/** The account-region pairs that the filters name, looked up where they name only one of the two. */
async function listAccountRegions(
  { filters: { account, region } }: Query,
  { organizationId, accounts: visible }: Caller,
  { directory, meter }: PlanDirectory,
): Promise<(readonly [string, string])[]> {
  const accounts = visible && account ? account.filter((id) => visible.includes(id)) : (account ?? visible);
  if (accounts && region) return accounts.flatMap((id) => region.map((name) => [id, name] as const));
  const seen = accounts
    ? await Promise.all(accounts.map((id) => directory.listAccountRegions(organizationId, id, meter)))
    : [await directory.listAccountRegions(organizationId, undefined, meter)];
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
