// Finds the entries that the segments of the sealed log do not contain yet: those of the last batches, and those that are
// not sealed. Finds all of them, or says that it cannot at a reasonable cost.
import type { Caller } from '../access/caller.ts';
import { type ListItem, lateAfterMillis, toListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import type { CountIndex } from '../log/count-index.ts';
import { orderKey, orderPrefix } from '../log/object-keys.ts';
import { decodeOrderObject } from '../log/order-object.ts';
import { matches } from '../query/matching.ts';
import type { Query } from '../query/query.ts';
import { planSearchFrom, type SearchPorts, searchPlanned } from '../search/search.ts';
import type { CountObjects } from './sealed-counts.ts';

/** The maximum number of batches that the segments can be behind. With more, the index is read instead. */
const maxBatches = 16;

/** The maximum number of late entries that are read one by one. */
const maxLateEntries = 100;

/** The read units that the recent entries can cost. With more, the index is read instead. */
const maxReadUnits = 200;

/** The maximum number of recent entries. */
const maxRecent = 4_000;

/** Sealing takes up to this long. An entry that waits longer shows that the sealer is stalled. */
export const maxSealingMillis = 10 * 60_000;

/** The entries that the segments do not contain. */
export interface RecentEntries {
  /** The matching entries. Some of those since `sinceMillis` are in the segments too. */
  readonly items: readonly ListItem[];
  /** Actions since this time are read from the index. */
  readonly sinceMillis: number;
  /** The entries that were sealed after those in the segments. */
  readonly sealedIds: ReadonlySet<string>;
  readonly readUnits: number;
  readonly requests: number;
  readonly objectReads: number;
}

/**
 * Returns the matching entries that the segments do not contain, or `undefined` if reading them costs too much. An entry
 * that is recorded late is found when it is sealed, and any other one as soon as it is in the index.
 */
export async function readRecent(
  index: CountIndex,
  query: Query,
  caller: Caller,
  ports: SearchPorts & { readonly countObjects: CountObjects },
): Promise<RecentEntries | undefined> {
  const nowMillis = ports.now();
  const { organizationId } = caller;
  // What is not late is recorded within this time of its action, and then sealed.
  const sinceMillis = Math.min(index.through, nowMillis) - lateAfterMillis - maxSealingMillis;
  const page = await ports.countObjects.list(
    orderPrefix(organizationId),
    orderKey(organizationId, index.size),
  );
  if (page.hasMore || page.keys.length > maxBatches) return undefined;
  const ids = (
    await Promise.all(page.keys.map((key) => readIds(ports.countObjects, key, index.size)))
  ).flat();
  const isInRange = (id: string) => timeOf(id) >= query.fromMillis && timeOf(id) <= query.toMillis;
  const lateIds = ids.filter((id) => timeOf(id) < sinceMillis && isInRange(id));
  if (lateIds.length > maxLateEntries) return undefined;
  const late = await readLate(lateIds, query, caller, ports);
  const recent = await searchSince(sinceMillis, query, caller, ports);
  if (late === undefined || recent === undefined) return undefined;
  return {
    items: [...recent.items, ...late.items],
    sinceMillis,
    sealedIds: new Set(ids),
    readUnits: recent.readUnits + late.readUnits,
    requests: recent.requests,
    objectReads: 1 + page.keys.length,
  };
}

/** Returns the IDs of a batch's entries whose leaves the segments do not contain. */
async function readIds(objects: CountObjects, key: string, size: number): Promise<string[]> {
  const object = await objects.get(key);
  if (object === undefined) return [];
  const { first, ids } = decodeOrderObject(object.bytes, key);
  return ids.filter((id, offset): id is string => id !== null && first + offset >= size);
}

interface Found {
  readonly items: readonly ListItem[];
  readonly readUnits: number;
  readonly requests: number;
}

async function readLate(
  ids: readonly string[],
  query: Query,
  caller: Caller,
  { details, now }: SearchPorts,
): Promise<Found | undefined> {
  if (ids.length === 0) return { items: [], readUnits: 0, requests: 0 };
  const { entries, readUnits, unreadable } = await details.getDetails(caller.organizationId, ids);
  if (unreadable !== undefined && unreadable.size > 0) return undefined;
  // One that is missing has just expired.
  const items = [...entries.values()].map(({ head }) => toListItem(head));
  return { items: items.filter((item) => matches(item, query, caller, now())), readUnits, requests: 0 };
}

/** Returns the matching entries whose actions are since a time, or `undefined` if they are too many. */
async function searchSince(
  sinceMillis: number,
  query: Query,
  caller: Caller,
  ports: SearchPorts,
): Promise<Found | undefined> {
  if (query.toMillis < sinceMillis) return { items: [], readUnits: 0, requests: 0 };
  const limits = { ...ports.limits, readUnits: Math.min(maxReadUnits, ports.limits.readUnits) };
  const own: Query = {
    ...query,
    fromMillis: Math.max(query.fromMillis, sinceMillis),
    limit: maxRecent,
    cursor: undefined,
  };
  const planned = await planSearchFrom(own, caller, { ...ports, limits }, undefined);
  const budget = { readUnits: planned.unitsForEntries, deadline: ports.now() + limits.timeMillis };
  const { page, cost, next } = await searchPlanned(own, caller, planned, budget, ports);
  if (next !== undefined) return undefined;
  return {
    items: page.items,
    readUnits: planned.readUnits + cost.readUnits,
    requests: cost.requests,
  };
}
