// Which index partitions hold the answer to a query. Whatever is picked, the answer is the same; only the cost
// differs.
import type { Caller } from '../access/caller.ts';
import type { Action } from '../contract/vocabulary.ts';
import { AccountRegionLookup } from '../directory/account-region-lookup.ts';
import { expandResourceNames } from '../directory/prefix-expansion.ts';
import type { FilterName, Query } from '../query/query.ts';
import { indexPartitionKey, type PartitionValues } from '../storage/keys.ts';
import type { DirectoryReader, Meter } from '../storage/ports.ts';
import { type IndexShards, shardCountWithin } from '../storage/shards.ts';
import { type IndexKey, indexNames } from '../storage/table-attributes.ts';

/** Partitions of one index that together hold every entry of the answer. */
export interface Plan {
  readonly index: IndexKey;
  readonly partitionKeys: readonly string[];
  /** Whether every entry in the partitions and the time range matches the query. */
  readonly isExact: boolean;
}

/** Most partitions that are read side by side where another plan exists; each costs half a read unit at least. */
const maxPartitions = 64;

/** Most names that prefixes are expanded to; with more of them another index is read. */
const maxNames = 50;

/** The directory, and what planning may read of it. */
export interface PlanDirectory {
  readonly directory: DirectoryReader;
  /** Told of what is read. */
  readonly meter: Meter;
  /**
   * Read units that expanding prefixes may still spend: the rest is for entries. Passed only by reads under way whose
   * price is not known before: of all accounts (a unit for each 30 to 50 regions), and of names beyond 60 letters.
   */
  readonly unitsLeft: () => number;
}

/**
 * The plans for a query, the one most likely to be cheapest first: resource name, user, account & region, action,
 * time. A caller who is limited to accounts is served from those accounts' partitions alone, so that neither a
 * position nor a cost tells of others. With `begunOn`, the name of the index that a search began with, no others are
 * looked for, unless it is out of reach by now: then they are, as for a first page.
 */
export async function listPlans(
  query: Query,
  caller: Caller,
  { directory, meter, unitsLeft }: PlanDirectory,
  shards: IndexShards,
  begunOn?: string,
): Promise<readonly [Plan, ...Plan[]]> {
  const { resource, user, account, region, action } = query.filters;
  const planFor = <K extends IndexKey>(
    index: K,
    values: readonly PartitionValues[K][],
    ...covered: FilterName[]
  ): Plan => ({
    index,
    partitionKeys: partitionKeysOf(caller.organizationId, index, values, query, shards),
    isExact: Object.keys(query.filters).every((name) => covered.includes(name as FilterName)),
  });
  const lookup = new AccountRegionLookup(directory, caller.organizationId, meter);
  const byAccountRegion = async () =>
    planFor('accountRegion', await listAccountRegions(query, caller, lookup), 'account', 'region');
  if (caller.accounts !== undefined) return [await byAccountRegion()];
  const byTime = planFor('time', [[]]);
  if (begunOn === indexNames.time) return [byTime];
  const limits = { maxNames, meter, unitsLeft };
  const byResourceName = async (values: readonly string[]) => {
    const names = await expandResourceNames(caller.organizationId, values, limits, directory, lookup);
    return names && planFor('resourceName', names.map(alone), 'resource');
  };
  const makers: PlanMaker[] = [];
  if (resource) makers.push(['resourceName', () => byResourceName(resource)]);
  if (user) makers.push(['user', () => planFor('user', user.map(alone), 'user')]);
  if (account || region) makers.push(['accountRegion', byAccountRegion]);
  if (action) makers.push(['action', () => planFor('action', (action as Action[]).map(alone), 'action')]);
  const isBegunOn = ([index]: PlanMaker) => indexNames[index] === begunOn;
  // What was looked for in vain is not paid for twice.
  const isOther = (maker: PlanMaker) => !isBegunOn(maker);
  return (await makePlans(makers.filter(isBegunOn))) ?? (await makePlans(makers.filter(isOther))) ?? [byTime];
}

/** How the plan of an index is made; it gives `undefined` where that costs too much. */
type PlanMaker = readonly [IndexKey, () => Promise<Plan | undefined> | Plan];

/** The plans that can be made and have few enough partitions; `undefined` when there are none. */
async function makePlans(makers: readonly PlanMaker[]): Promise<readonly [Plan, ...Plan[]] | undefined> {
  const plans: Plan[] = [];
  for (const [, make] of makers) {
    const plan = await make();
    if (plan && plan.partitionKeys.length <= maxPartitions) plans.push(plan);
  }
  const [first, ...others] = plans;
  return first && [first, ...others];
}

const alone = <T>(value: T) => [value] as const;

/** The plan with this index's name among the plans; `undefined` when there is none. */
export function findPlan(plans: readonly Plan[], indexName: string | undefined): Plan | undefined {
  return plans.find((plan) => indexNames[plan.index] === indexName);
}

/** The account-region pairs that the filters name, looked up where they name only one of the two. */
async function listAccountRegions(
  { filters: { account, region } }: Query,
  { accounts: visible }: Caller,
  lookup: AccountRegionLookup,
): Promise<(readonly [string, string])[]> {
  const accounts = visible && account ? account.filter((id) => visible.includes(id)) : (account ?? visible);
  if (accounts && region) return accounts.flatMap((id) => region.map((name) => [id, name] as const));
  const seen = await (accounts ? lookup.listOf(accounts) : lookup.listAll());
  return seen
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
