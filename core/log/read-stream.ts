// Reads the stream from the positions that the sealer keeps: parents before their children, records of a shard in
// order. Detects records that were lost.
import type { EntryStream, StreamRecord, StreamShard } from './ports.ts';
import type { ShardPosition, ShardPositions } from './sequencer-state.ts';

/** What was read from the stream. */
export interface StreamBatch {
  readonly records: readonly StreamRecord[];
  readonly positions: ShardPositions;
  /** Whether records expired before they were read, so that the table has to be scanned. */
  readonly hasLostRecords: boolean;
  /** Whether every shard was read to its newest record. */
  readonly isCaughtUp: boolean;
}

/** The maximum number of records in one request. */
const readLimit = 1000;

/** The maximum number of requests to one shard in one batch, empty answers included. */
const maxReadsOfShard = 100;

/** Reads at most about `limit` records. */
export async function readStream(
  stream: EntryStream,
  positions: ShardPositions,
  limit: number,
): Promise<StreamBatch> {
  const shards = await stream.listShards();
  const listed = new Map(shards.map((shard) => [shard.id, shard]));
  const next = new Map(Object.entries(positions));
  const records: StreamRecord[] = [];
  let hasLostRecords = [...next].some(([id, { isAtEnd }]) => !isAtEnd && !listed.has(id));
  let isCaughtUp = true;
  for (const shard of parentsFirst(shards, listed)) {
    const known = next.get(shard.id);
    if (known?.isAtEnd) continue;
    const parent = shard.parentId === undefined ? undefined : next.get(shard.parentId);
    if (parent !== undefined ? !parent.isAtEnd : listed.has(shard.parentId ?? '')) {
      isCaughtUp = false;
      continue;
    }
    if (known === undefined && isMissing(shard, parent, positions)) hasLostRecords = true;
    const read = await readShard(stream, shard.id, known, limit - records.length);
    records.push(...read.records);
    next.set(shard.id, read.position);
    hasLostRecords ||= read.isTrimmed;
    isCaughtUp &&= read.isCaughtUp;
  }
  return { records, positions: withoutForgotten(next, listed), hasLostRecords, isCaughtUp };
}

/** Whether the parent of a new shard is gone although the sealer has been reading the stream before. */
function isMissing(shard: StreamShard, parent: ShardPosition | undefined, before: ShardPositions): boolean {
  return shard.parentId !== undefined && parent === undefined && Object.keys(before).length > 0;
}

function parentsFirst(
  shards: readonly StreamShard[],
  listed: ReadonlyMap<string, StreamShard>,
): readonly StreamShard[] {
  const sorted = new Set<StreamShard>();
  const add = (shard: StreamShard) => {
    const parent = listed.get(shard.parentId ?? '');
    if (parent !== undefined && !sorted.has(parent)) add(parent);
    sorted.add(shard);
  };
  for (const shard of shards) add(shard);
  return [...sorted];
}

interface ShardRead {
  readonly records: readonly StreamRecord[];
  readonly position: ShardPosition;
  readonly isTrimmed: boolean;
  readonly isCaughtUp: boolean;
}

async function readShard(
  stream: EntryStream,
  shardId: string,
  known: ShardPosition | undefined,
  limit: number,
): Promise<ShardRead> {
  const records: StreamRecord[] = [];
  let after = known?.after ?? 'start';
  let isTrimmed = false;
  for (let reads = 0; reads < maxReadsOfShard && records.length < limit; reads++) {
    const read = await stream.read(shardId, after, Math.min(readLimit, limit - records.length));
    if (read.status === 'trimmed') {
      // The scan finds what is missing. Reading continues with what the stream still has.
      isTrimmed = true;
      after = 'start';
      continue;
    }
    records.push(...read.records);
    after = read.next;
    const position = { after, isAtEnd: read.isAtEnd };
    if (read.isAtEnd || read.isCaughtUp) return { records, position, isTrimmed, isCaughtUp: true };
  }
  return { records, position: { after, isAtEnd: false }, isTrimmed, isCaughtUp: false };
}

/** Drops the positions of shards that are gone, except that children of a shard that was read fully can follow. */
function withoutForgotten(
  positions: ReadonlyMap<string, ShardPosition>,
  listed: ReadonlyMap<string, StreamShard>,
): ShardPositions {
  const parents = new Set(Array.from(listed.values(), ({ parentId }) => parentId));
  return Object.fromEntries(
    [...positions].filter(([id, { isAtEnd }]) => listed.has(id) || (isAtEnd && parents.has(id))),
  );
}
