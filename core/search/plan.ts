// Determines which index partitions can answer a query. Every plan gives the same answer; only the cost differs.
import type { Caller } from '../access/caller.ts';
import { type Action, verdicts } from '../contract/vocabulary.ts';
import { AccountRegionLookup } from '../directory/account-region-lookup.ts';
import { expandResourceNames } from '../directory/prefix-expansion.ts';
import type { FilterName, Filters } from '../query/filters.ts';
import type { Query } from '../query/query.ts';
import { TermSet } from '../query/term-set.ts';
import { disputed, type Finding, indexPartitionKey, type PartitionValues } from '../storage/keys.ts';
import type { DirectoryReader, Meter } from '../storage/ports.ts';
import { ShardCounts } from '../storage/shard-counts.ts';
import type { IndexShards } from '../storage/shards.ts';
import { type IndexKey, indexNames } from '../storage/table-attributes.ts';

/** Partitions of one index that together contain every entry of the answer. */
export interface Plan {
  readonly index: IndexKey;
  readonly partitionKeys: readonly string[];
  /** Whether every entry in the partitions and the time range matches the query. */
  readonly isExact: boolean;
}

/** The maximum partitions of a plan if another plan exists. Each partition costs at least half a read unit. */
const maxPartitions = 64;

/**
 * The maximum partitions of a page for a caller limited to accounts: 64 read units, half of the default budget. With
 * more, the time index is read.
 */
export const maxLimitedPartitions = 128;

/** The maximum number of names that prefixes expand to. With more names, another index is used. */
const maxNames = 50;

/** The directory and the budget for reading it. */
export interface MeteredDirectory {
  readonly directory: DirectoryReader;
  /** Receives the read units of each directory read. */
  readonly meter: Meter;
  /**
   * Returns the read units left for expanding prefixes; the rest of the request's budget is for entries. Only reads
   * whose cost is unknown in advance can exceed it: the list of all accounts (a unit for each 30 to 50 Regions) and
   * names longer than 60 characters.
   */
  readonly remainingUnits: () => number;
}

/**
 * Returns the plans for a query, the one that is probably cheapest first: resource name, finding, user, account and
 * Region, action, time. A caller limited to specific accounts gets only a plan with the partitions of those accounts,
 * so that neither a cursor position nor a cost reveals anything about other accounts. With too many partitions, that
 * caller gets the time index, which `searchPlanned` then reads in aligned windows. If `startedOn` names the index that
 * the search started with, only that plan is returned, unless it is no longer possible. Then the plans are those of a
 * first page. Only one plan finds disputed entries: no other index shows which entries are disputed. A filter that only
 * excludes values chooses no index, except that the verdicts it leaves can all be findings. Reading the shard steps is
 * not metered, because its cost does not depend on the query: at most once in 30 seconds for each execution
 * environment.
 */
export async function listPlans(
  query: Query,
  caller: Caller,
  { directory, meter, remainingUnits }: MeteredDirectory,
  shards: IndexShards,
  startedOn?: string,
): Promise<readonly [Plan, ...Plan[]]> {
  const { resource, user, action, verdict, account, region } = toTermSets(query.filters);
  const counts = new ShardCounts(shards, await directory.listShardSteps(caller.organizationId));
  const planFor = <K extends IndexKey>(
    index: K,
    values: readonly PartitionValues[K][],
    ...covered: FilterName[]
  ): Plan => ({
    index,
    partitionKeys: listPartitionKeys(caller.organizationId, index, values, query, counts),
    isExact: Object.keys(query.filters).every((name) => covered.includes(name as FilterName)),
  });
  const lookup = new AccountRegionLookup(directory, caller.organizationId, meter);
  const byAccountRegion = async () =>
    planFor('accountRegion', await listAccountRegions(account, region, caller, lookup), 'account', 'region');
  const byTime = planFor('time', [[]]);
  if (query.filters.disputed) {
    const byDispute = planFor('finding', [[disputed]], 'disputed');
    if (caller.accounts === undefined) return [byDispute];
    const accounts = listVisible(account, caller.accounts).map((id) => [id, disputed] as const);
    const own = planFor('accountRegion', accounts, 'disputed', 'account');
    return [own.partitionKeys.length > maxLimitedPartitions ? byDispute : own];
  }
  if (caller.accounts !== undefined) {
    // Ignores the index in the cursor, so that only callers with too many partitions can use the time index.
    if (countMinPartitions(account, region, caller.accounts) > maxLimitedPartitions) return [byTime];
    const plan = await byAccountRegion();
    return [plan.partitionKeys.length > maxLimitedPartitions ? byTime : plan];
  }
  if (startedOn === indexNames.time) return [byTime];
  const limits = { maxNames, meter, remainingUnits };
  const byResourceName = async () => {
    const names = await expandResourceNames(caller.organizationId, resource, limits, directory, lookup);
    return names && planFor('resourceName', names.map(asTuple), 'resource');
  };
  const builders: PlanBuilder[] = [];
  if (resource.isSelective) builders.push(['resourceName', byResourceName]);
  const accepted: readonly string[] = verdicts.filter((value) => verdict.accepts(value));
  const findings = accepted.filter(isFinding);
  if (findings.length === accepted.length) {
    builders.push(['finding', () => planFor('finding', findings.map(asTuple), 'verdict')]);
  }
  const [users, actions] = [user.allValues, action.allValues as readonly Action[] | undefined];
  if (users) builders.push(['user', () => planFor('user', users.map(asTuple), 'user')]);
  if (account.isSelective || region.isSelective) builders.push(['accountRegion', byAccountRegion]);
  if (actions) builders.push(['action', () => planFor('action', actions.map(asTuple), 'action')]);
  const isStartedOn = ([index]: PlanBuilder) => indexNames[index] === startedOn;
  // A failed attempt to plan with the search's own index is not repeated.
  const isOther = (builder: PlanBuilder) => !isStartedOn(builder);
  return (
    (await buildPlans(builders.filter(isStartedOn))) ??
    (await buildPlans(builders.filter(isOther))) ?? [byTime]
  );
}

/** Builds the plan for an index, or returns `undefined` if that costs too much. */
type PlanBuilder = readonly [IndexKey, () => Promise<Plan | undefined> | Plan];

/** Returns the plans that are possible and within the partition limit, or `undefined` if there are none. */
async function buildPlans(builders: readonly PlanBuilder[]): Promise<readonly [Plan, ...Plan[]] | undefined> {
  const plans: Plan[] = [];
  for (const [, build] of builders) {
    const plan = await build();
    if (plan && plan.partitionKeys.length <= maxPartitions) plans.push(plan);
  }
  const [first, ...others] = plans;
  return first && [first, ...others];
}

/** Whether the sparse index of findings contains entries with this verdict. */
function isFinding(verdict: string): verdict is Finding {
  return verdict !== 'PERMITTED';
}

const asTuple = <T>(value: T) => [value] as const;

/** Returns the plan for the index with this name, or `undefined` if there is none. */
export function findPlan(plans: readonly Plan[], indexName: string | undefined): Plan | undefined {
  return plans.find((plan) => indexNames[plan.index] === indexName);
}

type IndexedFilter = 'resource' | 'user' | 'action' | 'verdict' | 'account' | 'region';

function toTermSets(filters: Filters): Readonly<Record<IndexedFilter, TermSet>> {
  const { resource, user, action, verdict, account, region } = filters;
  return {
    resource: new TermSet(resource),
    user: new TermSet(user),
    action: new TermSet(action),
    verdict: new TermSet(verdict),
    account: new TermSet(account),
    region: new TermSet(region),
  };
}

/**
 * Returns the account and Region pairs that the filters accept. Looks them up if the filters name only one of the two.
 */
async function listAccountRegions(
  account: TermSet,
  region: TermSet,
  { accounts: visible }: Caller,
  lookup: AccountRegionLookup,
): Promise<(readonly [string, string])[]> {
  const accounts = visible ? listVisible(account, visible) : account.allValues;
  const regions = region.allValues;
  if (accounts && regions) return accounts.flatMap((id) => regions.map((name) => [id, name] as const));
  const seen = await (accounts ? lookup.listOf(accounts) : lookup.listAll());
  return seen
    .filter((pair) => account.accepts(pair.accountId) && region.accepts(pair.region))
    .map((pair) => [pair.accountId, pair.region] as const);
}

/** Returns the caller's accounts that the filter accepts. */
function listVisible(account: TermSet, visible: readonly string[]): readonly string[] {
  return visible.filter((id) => account.accepts(id));
}

/** Returns the minimum number of partitions without a lookup, if each account has entries in at least one Region. */
function countMinPartitions(account: TermSet, region: TermSet, visible: readonly string[]): number {
  return listVisible(account, visible).length * (region.allValues?.length ?? 1);
}

/** Returns the partitions of these values that can contain entries of the query's time range. */
export function listPartitionKeys<K extends IndexKey>(
  organizationId: string,
  index: K,
  values: readonly PartitionValues[K][],
  { fromMillis, toMillis }: Query,
  counts: ShardCounts,
): string[] {
  return values.flatMap((value) =>
    Array.from({ length: counts.countWithin(index, value, fromMillis, toMillis) }, (_, shard) =>
      indexPartitionKey(organizationId, index, value, shard),
    ),
  );
}
