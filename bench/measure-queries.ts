// Measures the cost of each query of the workload with our search, with the best plan in hindsight and with the usual
// design.
import type { ListItem } from '../core/entry/entry.ts';
import { highestIdAt, lowestIdAt } from '../core/entry/entry-id.ts';
import { type SearchPorts, search } from '../core/search/search.ts';
import { indexPartitionKey } from '../core/storage/keys.ts';
import { type Spent, spendOracle, spendUsual } from './plans.ts';
import { benchCaller } from './seed.ts';
import { measuredOrganization } from './seed-events.ts';
import type { BenchQuery } from './workload.ts';
import { pageSize, walkLimit } from './workload.ts';

export interface Measured {
  readonly combination: string;
  readonly range: string;
  readonly presence: string;
  readonly matches: number;
  /** Whether the query asks for a verdict other than PERMITTED. */
  readonly isFinding: boolean;
  readonly page: { readonly ours: SearchSpent; readonly oracle: Spent; readonly usual: Spent };
  readonly walk: { readonly ours: SearchSpent; readonly oracle: Spent; readonly usual: Spent };
}

/** What our search spent. The rest of the read units are the directory's, for other spellings and later names. */
export interface SearchSpent extends Spent {
  readonly indexReadUnits: number;
}

/** The stores to measure: dynoxide, or a simulation of its read units. */
type Stores = Pick<SearchPorts, 'entries' | 'directory'>;

/** The workloads filter no details. */
export const noDetails: SearchPorts['details'] = {
  getDetails: () => Promise.reject(new Error('the workloads filter no details')),
};

const limits = { readUnits: 128, timeMillis: 10_000 };

/** Measures one query. Fails if the pages do not return exactly the matches, up to the limit. */
export async function measureQuery(
  stores: Stores,
  bench: BenchQuery,
  itemsByPartition: ReadonlyMap<string, readonly ListItem[]>,
): Promise<Measured> {
  const { query, combination, range, presence, matches } = bench;
  const [lowestId, highestId] = [lowestIdAt(query.fromMillis), highestIdAt(query.toMillis)];
  const itemsOf = ({ index, partitionKey }: { index: string; partitionKey: string }) =>
    (itemsByPartition.get(index + partitionKey) ?? []).filter(({ id }) => id >= lowestId && id <= highestId);
  const { entries } = stores;
  const ours = await spendOurs(stores, bench);
  const usual = await spendUsual(entries, query);
  return {
    combination,
    range,
    presence,
    matches,
    isFinding: query.filters.verdict !== undefined && query.filters.verdict[0] !== 'PERMITTED',
    page: {
      ours: ours.page,
      oracle: await spendOracle(entries, query, itemsOf, pageSize),
      usual: usual.page,
    },
    walk: {
      ours: ours.walk,
      oracle: await spendOracle(entries, query, itemsOf, walkLimit),
      usual: usual.walk,
    },
  };
}

/**
 * Follows the cursor to the end or the limit. The first page counts until it is full or the range ends, including pages
 * that the budget ended early.
 */
async function spendOurs(
  stores: Stores,
  { query, matches }: BenchQuery,
): Promise<{ page: SearchSpent; walk: SearchSpent }> {
  let indexReadUnits = 0;
  const entries: Stores['entries'] = {
    readIndex: async (read) => {
      const chunk = await stores.entries.readIndex(read);
      indexReadUnits += chunk.readUnits;
      return chunk;
    },
  };
  const ports = {
    entries,
    directory: stores.directory,
    details: noDetails,
    shards: {},
    limits,
    now: Date.now,
  };
  let page: SearchSpent | undefined;
  let [readUnits, requests, found] = [0, 0, 0];
  let cursor: string | undefined;
  do {
    const answer = await search({ ...query, cursor, debug: true }, benchCaller, ports);
    readUnits += answer.consumedCapacity?.readUnits ?? 0;
    requests += answer.consumedCapacity?.requests ?? 0;
    found += answer.items.length;
    cursor = answer.nextCursor ?? undefined;
    if (!page && (found >= pageSize || cursor === undefined)) page = { readUnits, requests, indexReadUnits };
  } while (cursor !== undefined && found < walkLimit);
  const isWrong = cursor === undefined ? found !== matches : found > matches;
  if (isWrong) throw new Error(`found ${found} of ${matches} entries: ${JSON.stringify(query)}`);
  const walk = { readUnits, requests, indexReadUnits };
  return { page: page ?? walk, walk };
}

/** Groups the items of the measured organization by index partition, newest first. */
export function groupByPartition(items: readonly ListItem[]): Map<string, ListItem[]> {
  const groups = new Map<string, ListItem[]>();
  for (const item of items.toReversed()) {
    const org = measuredOrganization;
    for (const key of [
      `time${indexPartitionKey(org, 'time', [], 0)}`,
      `user${indexPartitionKey(org, 'user', [item.user.id], 0)}`,
      `action${indexPartitionKey(org, 'action', [item.action], 0)}`,
      `accountRegion${indexPartitionKey(org, 'accountRegion', [item.accountId, item.region], 0)}`,
      `resourceName${indexPartitionKey(org, 'resourceName', [item.target.name], 0)}`,
      ...(item.verdict === 'PERMITTED'
        ? []
        : [`finding${indexPartitionKey(org, 'finding', [item.verdict], 0)}`]),
    ]) {
      const group = groups.get(key) ?? [];
      group.push(item);
      groups.set(key, group);
    }
  }
  return groups;
}
