// Merges the partitions of one plan into a single stream of entries in ID order.
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import type { IndexReader } from '../storage/ports.ts';
import { PartitionStream, type StreamRange } from './partition-stream.ts';
import type { Plan } from './plan.ts';

/** Reads the partitions of a plan in parallel and yields their entries in ID order. */
export class KWayMerge {
  readonly plan: Plan;
  readonly #streams: readonly PartitionStream[];
  readonly #order: 'asc' | 'desc';
  /** The number of entries read, including buffered ones. */
  readCount = 0;
  /** Read units consumed. */
  readUnits = 0;
  /** The number of requests sent. */
  requests = 0;

  constructor(store: IndexReader, plan: Plan, range: StreamRange) {
    this.plan = plan;
    this.#order = range.order;
    this.#streams = plan.partitionKeys.map((key) => new PartitionStream(store, plan.index, key, range));
  }

  /** Whether every partition has been read to the end of the range. Entries can still be buffered. */
  get isReadToEnd(): boolean {
    return this.#streams.every((stream) => stream.isReadToEnd);
  }

  /** Whether more must be read before the next entry can be determined. */
  get needsRead(): boolean {
    return this.#streams.some((stream) => stream.head === undefined && !stream.isReadToEnd);
  }

  /** Whether every partition has been read at least once, so that the scan has made progress. */
  get isStarted(): boolean {
    return this.#streams.every((stream) => stream.isReadToEnd || stream.readThroughId !== undefined);
  }

  /** The ID up to which every partition has been read, or `undefined` if all have been read to their end. */
  get frontier(): string | undefined {
    let frontier: string | undefined;
    for (const { isReadToEnd, readThroughId } of this.#streams) {
      if (isReadToEnd || readThroughId === undefined) continue;
      if (frontier === undefined || this.#precedes(readThroughId, frontier)) frontier = readThroughId;
    }
    return frontier;
  }

  /** The entries up to the frontier that have been read but not taken, in order. */
  get buffered(): readonly ListItem[] {
    const { frontier } = this;
    return this.#streams
      .flatMap((stream) => stream.buffered)
      .filter((item) => frontier === undefined || !this.#precedes(frontier, item.id))
      .sort((a, b) => (this.#precedes(a.id, b.id) ? -1 : 1));
  }

  /** Returns the entries per millisecond from `startMillis` to the frontier, or `undefined` at the end of the range. */
  measureDensity(startMillis: number): number | undefined {
    const { frontier } = this;
    if (frontier === undefined) return undefined;
    return this.readCount / Math.max(1, Math.abs(startMillis - timeOf(frontier)));
  }

  /** Reads `limit` entries in total from the partitions that have none buffered. */
  async refill(limit: number): Promise<void> {
    await this.#read(
      this.#streams.filter((stream) => stream.head === undefined && !stream.isReadToEnd),
      limit,
    );
  }

  /** Reads `limit` entries in total from all partitions, after the buffered ones. */
  async readAhead(limit: number): Promise<void> {
    await this.#read(
      this.#streams.filter((stream) => !stream.isReadToEnd),
      limit,
    );
  }

  async #read(streams: readonly PartitionStream[], limit: number): Promise<void> {
    const each = Math.max(1, Math.ceil(limit / streams.length));
    const chunks = await Promise.all(streams.map((stream) => stream.readChunk(each)));
    this.requests += chunks.length;
    for (const { readUnits, items } of chunks) {
      this.readUnits += readUnits;
      this.readCount += items.length;
    }
  }

  /** Takes the next entry, or returns `undefined` at the end. Must not be called if `needsRead` is true. */
  take(): ListItem | undefined {
    let first: PartitionStream | undefined;
    for (const stream of this.#streams) {
      if (stream.head === undefined) continue;
      if (first?.head === undefined || this.#precedes(stream.head.id, first.head.id)) first = stream;
    }
    const item = first?.head;
    first?.take();
    return item;
  }

  #precedes(id: string, other: string): boolean {
    return this.#order === 'desc' ? id > other : id < other;
  }
}
