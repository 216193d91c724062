// One page of a list: merges the plan's partitions in id order, keeps what matches, and stops at the page size, the
// end of the range or the read budget, whichever comes first. It says honestly which.
import type { Caller } from './caller.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ListItem } from './entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt, timeOf } from './entry-id.ts';
import { matches } from './matching.ts';
import { PartitionStream, type StreamRange } from './partition-stream.ts';
import { planQuery } from './plan.ts';
import type { Directory, EntryStore } from './ports.ts';
import type { Query } from './query.ts';
import type { IndexShards } from './shards.ts';

export interface Page {
  readonly items: readonly ListItem[];
  /** Continues exactly behind this page; `null` when the range was searched whole. */
  readonly nextCursor: string | null;
  readonly complete: boolean;
  /** Every entry from the range's start to this time has been searched; in reading order. */
  readonly searchedThrough: string;
}

export interface SearchLimits {
  /** Read units that a page may spend; the chunk under way may go beyond. */
  readonly readUnits: number;
  readonly timeMillis: number;
}

export interface SearchPorts {
  readonly entries: EntryStore;
  readonly directory: Directory;
  readonly shards: IndexShards;
  readonly limits: SearchLimits;
  readonly now: () => number;
}

/** Items in a read unit, at the size that an index entry has at most on average (640 bytes; a unit is 8 KiB). */
const itemsPerReadUnit = 12;

/** Most items asked for in one read: what 1 MB, DynamoDB's own limit, holds. */
const maxChunkItems = 1600;

/** Answers one page of the query for the caller. */
export async function search(query: Query, caller: Caller, ports: SearchPorts): Promise<Page> {
  const position = query.cursor === undefined ? undefined : decodeCursor(query.cursor, query, caller);
  const range = rangeOf(query, position);
  const plan = await planQuery(query, caller, ports.directory, ports.shards);
  const streams = plan.partitionKeys.map((key) => new PartitionStream(ports.entries, plan.index, key, range));
  const page = await fillPage(streams, query, caller, ports);
  if (page.stoppedAt === undefined) {
    const end = query.order === 'desc' ? query.fromMillis : Math.min(query.toMillis, ports.now());
    return { items: page.items, nextCursor: null, complete: true, searchedThrough: toTime(end) };
  }
  return {
    items: page.items,
    nextCursor: encodeCursor(page.stoppedAt, query, caller),
    complete: false,
    searchedThrough: toTime(timeOf(page.stoppedAt)),
  };
}

function toTime(millis: number): string {
  return new Date(millis).toISOString();
}

function rangeOf({ fromMillis, toMillis, order }: Query, position: string | undefined): StreamRange {
  const lowestId = lowestIdAt(fromMillis);
  const highestId = highestIdAt(toMillis);
  if (position === undefined) return { lowestId, highestId, order };
  if (order === 'desc') {
    const before = justBefore(position);
    return { lowestId, highestId: before < highestId ? before : highestId, order };
  }
  const after = justAfter(position);
  return { lowestId: after > lowestId ? after : lowestId, highestId, order };
}

interface FilledPage {
  readonly items: readonly ListItem[];
  /** The last id that was searched; `undefined` when the range was searched whole. */
  readonly stoppedAt: string | undefined;
}

async function fillPage(
  streams: readonly PartitionStream[],
  query: Query,
  caller: Caller,
  { limits, now }: SearchPorts,
): Promise<FilledPage> {
  const deadline = now() + limits.timeMillis;
  const isMatch = (item: ListItem) => matches(item, query, caller, now());
  const items: ListItem[] = [];
  let [searched, spent] = [0, 0];
  for (;;) {
    const dry = streams.filter((stream) => stream.head === undefined && !stream.isReadToEnd);
    if (dry.length > 0) {
      // Every partition is read once, whatever the budget: a page always gets further.
      const isStarted = streams.every((stream) => stream.isReadToEnd || stream.readThroughId !== undefined);
      if (isStarted && (spent >= limits.readUnits || now() >= deadline)) {
        return drainToFrontier(streams, query, isMatch, items);
      }
      const limit = chunkLimit(
        query.limit - items.length,
        items.length,
        searched,
        limits.readUnits - spent,
        dry.length,
      );
      const units = await Promise.all(dry.map((stream) => stream.readOn(limit)));
      spent += units.reduce((sum, unit) => sum + unit, 0);
      continue;
    }
    const next = firstInOrder(streams, query.order);
    if (next?.head === undefined) return { items, stoppedAt: undefined };
    searched++;
    if (isMatch(next.head)) items.push(next.head);
    const { id } = next.head;
    next.take();
    if (items.length === query.limit) {
      const isEnd = streams.every((stream) => stream.isReadToEnd && !stream.buffered.some(isMatch));
      return { items, stoppedAt: isEnd ? undefined : id };
    }
  }
}

function firstInOrder(
  streams: readonly PartitionStream[],
  order: 'asc' | 'desc',
): PartitionStream | undefined {
  let first: PartitionStream | undefined;
  for (const stream of streams) {
    if (stream.head === undefined) continue;
    if (first?.head === undefined || precedes(stream.head.id, first.head.id, order)) first = stream;
  }
  return first;
}

function precedes(id: string, other: string, order: 'asc' | 'desc'): boolean {
  return order === 'desc' ? id > other : id < other;
}

/** The budget is spent: takes what was read up to where every partition has been read, and stops there. */
function drainToFrontier(
  streams: readonly PartitionStream[],
  { order, limit }: Query,
  isMatch: (item: ListItem) => boolean,
  items: ListItem[],
): FilledPage {
  const ends = streams.flatMap((stream) => (stream.isReadToEnd ? [] : (stream.readThroughId ?? [])));
  const frontier = ends.reduce((least, id) => (precedes(id, least, order) ? id : least));
  const rest = streams
    .flatMap((stream) => stream.buffered)
    .filter((item) => !precedes(frontier, item.id, order))
    .sort((a, b) => (precedes(a.id, b.id, order) ? -1 : 1));
  for (const item of rest) {
    if (!isMatch(item)) continue;
    items.push(item);
    if (items.length === limit) return { items, stoppedAt: item.id };
  }
  return { items, stoppedAt: frontier };
}

/** Items to ask each of `readers` partitions for: what the page still needs at the rate of matches seen so far. */
function chunkLimit(
  missing: number,
  found: number,
  searched: number,
  unitsLeft: number,
  readers: number,
): number {
  const perMatch = searched === 0 ? 1 : searched / Math.max(found, 0.5);
  const wanted = Math.ceil((missing * perMatch) / readers);
  const affordable = Math.ceil((unitsLeft * itemsPerReadUnit) / readers);
  return Math.max(1, Math.min(wanted, affordable, maxChunkItems));
}
