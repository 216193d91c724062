// Measures the cost of a query with two other approaches: the best single-index plan in hindsight, and the usual
// design.
import type { ListItem } from '../core/entry/entry.ts';
import { highestIdAt, justBefore, lowestIdAt } from '../core/entry/entry-id.ts';
import type { Query } from '../core/query/query.ts';
import { indexPartitionKey } from '../core/storage/keys.ts';
import type { IndexRead, IndexReader } from '../core/storage/ports.ts';
import type { IndexKey } from '../core/storage/table-attributes.ts';
import { measuredOrganization } from './seed-events.ts';
import { isMatch, pageSize, walkLimit } from './workload.ts';

export interface Spent {
  readonly readUnits: number;
  readonly requests: number;
}

interface Partition {
  readonly index: IndexKey;
  readonly partitionKey: string;
}

/** Returns the partition of each index that can answer the query, in the fixed order of the usual design. */
export function partitionsFor({ filters }: Query): Partition[] {
  const { resource, user, account, region, action, verdict } = filters;
  const partitions: Partition[] = [];
  const add = (index: IndexKey, values: readonly string[]) =>
    partitions.push({
      index,
      partitionKey: indexPartitionKey(measuredOrganization, index, values as never, 0),
    });
  if (resource?.[0]) add('resourceName', [resource[0]]);
  if (verdict?.[0] && verdict[0] !== 'PERMITTED') add('finding', [verdict[0]]);
  if (user?.[0]) add('user', [user[0]]);
  if (account?.[0] && region?.[0]) add('accountRegion', [account[0], region[0]]);
  if (action?.[0]) add('action', [action[0]]);
  add('time', []);
  return partitions;
}

function toIndexRead(query: Query, partition: Partition, limit: number, below?: string): IndexRead {
  const highestId = below === undefined ? highestIdAt(query.toMillis) : justBefore(below);
  return { ...partition, lowestId: lowestIdAt(query.fromMillis), highestId, order: 'desc', limit };
}

/**
 * Reads one partition from the newest entry, or from below an ID, `limitOf` entries at a time, until it finds
 * `matchLimit` matches or the end.
 */
async function scanPartition(
  store: IndexReader,
  query: Query,
  partition: Partition,
  matchLimit: number,
  limitOf: (readSoFar: number) => number,
  from?: string,
): Promise<Spent & { readonly below: string | undefined }> {
  let [readUnits, requests, read, found] = [0, 0, 0, 0];
  let below = from;
  do {
    const chunk = await store.readIndex(toIndexRead(query, partition, limitOf(read), below));
    readUnits += chunk.readUnits;
    requests++;
    for (const item of chunk.items) {
      read++;
      if (isMatch(item, query.filters)) found++;
    }
    below = chunk.readThroughId;
  } while (below !== undefined && found < matchLimit);
  return { readUnits, requests, below };
}

/**
 * Returns the cost of the cheapest single-index plan in hindsight. Each plan reads exactly the entries that
 * `matchLimit` matches require. `itemsOf` returns a partition's entries in the range, newest first.
 */
export async function spendOracle(
  store: IndexReader,
  query: Query,
  itemsOf: (partition: Partition) => readonly ListItem[],
  matchLimit: number,
): Promise<Spent> {
  const plans = partitionsFor(query).map((partition) => {
    const items = itemsOf(partition);
    return { partition, needed: countNeeded(items, query, matchLimit) };
  });
  const fewest = Math.min(...plans.map((plan) => plan.needed));
  let best: Spent | undefined;
  // Reading three times as many entries never costs less, because the sizes of entries differ by a smaller factor.
  for (const { partition, needed } of plans.filter((plan) => plan.needed <= 3 * fewest + 20)) {
    const spent = await scanPartition(store, query, partition, matchLimit, (read) =>
      Math.max(1, needed - read),
    );
    if (!best || spent.readUnits < best.readUnits) best = spent;
  }
  if (!best) throw new Error('there is no plan');
  return { readUnits: best.readUnits, requests: best.requests };
}

/** Returns the entries to read until enough match, or one more than exist if there are fewer, to detect the end. */
function countNeeded(items: readonly ListItem[], query: Query, matchLimit: number): number {
  let found = 0;
  for (const [index, item] of items.entries()) {
    if (isMatch(item, query.filters) && ++found === matchLimit) return index + 1;
  }
  return items.length + 1;
}

/**
 * Returns the cost of the usual design: the first index in a fixed order, 50 entries per Query, and a FilterExpression
 * for the other filters. The walk continues where the page ends.
 */
export async function spendUsual(store: IndexReader, query: Query): Promise<{ page: Spent; walk: Spent }> {
  const [partition] = partitionsFor(query);
  if (!partition) throw new Error('there is no plan');
  const page = await scanPartition(store, query, partition, pageSize, () => pageSize);
  if (page.below === undefined) return { page, walk: page };
  const matchLimit = walkLimit - pageSize;
  const rest = await scanPartition(store, query, partition, matchLimit, () => pageSize, page.below);
  const walk = { readUnits: page.readUnits + rest.readUnits, requests: page.requests + rest.requests };
  return { page, walk };
}
