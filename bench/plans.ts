// What others would spend on a query: the best single-index plan in hindsight, and the usual design.
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

/** The partition of each index that serves the query, in the fixed order of the usual design. */
export function partitionsFor({ filters }: Query): Partition[] {
  const { resource, user, account, region, action } = filters;
  const partitions: Partition[] = [];
  const add = (index: IndexKey, values: readonly string[]) =>
    partitions.push({
      index,
      partitionKey: indexPartitionKey(measuredOrganization, index, values as never, 0),
    });
  if (resource?.[0]) add('resourceName', [resource[0]]);
  if (user?.[0]) add('user', [user[0]]);
  if (account?.[0] && region?.[0]) add('accountRegion', [account[0], region[0]]);
  if (action?.[0]) add('action', [action[0]]);
  add('time', []);
  return partitions;
}

function readOf(query: Query, partition: Partition, limit: number, below?: string): IndexRead {
  const highestId = below === undefined ? highestIdAt(query.toMillis) : justBefore(below);
  return { ...partition, lowestId: lowestIdAt(query.fromMillis), highestId, order: 'desc', limit };
}

/**
 * Reads one partition from the newest, or from below an id, `limitOf` entries at a time, until `wanted` matches are found
 * or its end.
 */
async function scanPartition(
  store: IndexReader,
  query: Query,
  partition: Partition,
  wanted: number,
  limitOf: (readSoFar: number) => number,
  from?: string,
): Promise<Spent & { readonly below: string | undefined }> {
  let [readUnits, requests, read, found] = [0, 0, 0, 0];
  let below = from;
  do {
    const chunk = await store.readIndex(readOf(query, partition, limitOf(read), below));
    readUnits += chunk.readUnits;
    requests++;
    for (const item of chunk.items) {
      read++;
      if (isMatch(item, query.filters)) found++;
    }
    below = chunk.readThroughId;
  } while (below !== undefined && found < wanted);
  return { readUnits, requests, below };
}

/**
 * The cheapest of all single-index plans in hindsight: each index is read with exactly as many entries as `wanted`
 * matches need. `itemsOf` gives a partition's entries in the range, newest first.
 */
export async function spendOracle(
  store: IndexReader,
  query: Query,
  itemsOf: (partition: Partition) => readonly ListItem[],
  wanted: number,
): Promise<Spent> {
  const plans = partitionsFor(query).map((partition) => {
    const items = itemsOf(partition);
    return { partition, needed: neededFor(items, query, wanted) };
  });
  const fewest = Math.min(...plans.map((plan) => plan.needed));
  let best: Spent | undefined;
  // Reading three times as many entries never costs less: entries differ in size by less than that.
  for (const { partition, needed } of plans.filter((plan) => plan.needed <= 3 * fewest + 20)) {
    const spent = await scanPartition(store, query, partition, wanted, (read) => Math.max(1, needed - read));
    if (!best || spent.readUnits < best.readUnits) best = spent;
  }
  if (!best) throw new Error('no plan');
  return { readUnits: best.readUnits, requests: best.requests };
}

/** Entries to read until so many match; one more than there are, so that the end is seen, when fewer do. */
function neededFor(items: readonly ListItem[], query: Query, wanted: number): number {
  let found = 0;
  for (const [index, item] of items.entries()) {
    if (isMatch(item, query.filters) && ++found === wanted) return index + 1;
  }
  return items.length + 1;
}

/**
 * The usual design: the first index of a fixed order, 50 entries a Query, the rest by a FilterExpression. Its walk goes
 * on where its page ends.
 */
export async function spendUsual(store: IndexReader, query: Query): Promise<{ page: Spent; walk: Spent }> {
  const [partition] = partitionsFor(query);
  if (!partition) throw new Error('no plan');
  const page = await scanPartition(store, query, partition, pageSize, () => pageSize);
  if (page.below === undefined) return { page, walk: page };
  const wanted = walkLimit - pageSize;
  const rest = await scanPartition(store, query, partition, wanted, () => pageSize, page.below);
  const walk = { readUnits: page.readUnits + rest.readUnits, requests: page.requests + rest.requests };
  return { page, walk };
}
