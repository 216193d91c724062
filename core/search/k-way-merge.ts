// The partitions of one plan as a single stream of entries in id order.
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import type { IndexReader } from '../storage/ports.ts';
import { PartitionStream, type StreamRange } from './partition-stream.ts';
import type { Plan } from './plan.ts';

export class KWayMerge {
  readonly plan: Plan;
  readonly #streams: readonly PartitionStream[];
  readonly #order: 'asc' | 'desc';
  /** Entries read, taken or not. */
  readCount = 0;
  /** Read units spent. */
  readUnits = 0;
  /** Requests sent. */
  requests = 0;

  constructor(store: IndexReader, plan: Plan, range: StreamRange) {
    this.plan = plan;
    this.#order = range.order;
    this.#streams = plan.partitionKeys.map((key) => new PartitionStream(store, plan.index, key, range));
  }

  /** Whether every partition has been read to the end of the range; entries may still be buffered. */
  get isReadToEnd(): boolean {
    return this.#streams.every((stream) => stream.isReadToEnd);
  }

  /** Whether the next entry is not known before more is read. */
  get isDry(): boolean {
    return this.#streams.some((stream) => stream.head === undefined && !stream.isReadToEnd);
  }

  /** Whether every partition has been read from once, so that the scan has got further than where it began. */
  get isStarted(): boolean {
    return this.#streams.every((stream) => stream.isReadToEnd || stream.readThroughId !== undefined);
  }

  /** The id up to which every partition has been read; `undefined` when all are read to their end. */
  get frontier(): string | undefined {
    let frontier: string | undefined;
    for (const { isReadToEnd, readThroughId } of this.#streams) {
      if (isReadToEnd || readThroughId === undefined) continue;
      if (frontier === undefined || this.#precedes(readThroughId, frontier)) frontier = readThroughId;
    }
    return frontier;
  }

  /** What was read and not taken, in order, up to where every partition has been read. */
  get buffered(): readonly ListItem[] {
    const { frontier } = this;
    return this.#streams
      .flatMap((stream) => stream.buffered)
      .filter((item) => frontier === undefined || !this.#precedes(frontier, item.id))
      .sort((a, b) => (this.#precedes(a.id, b.id) ? -1 : 1));
  }

  /** Entries in a millisecond, as far as the scan has come; `undefined` at its end. */
  densityFrom(startMillis: number): number | undefined {
    const { frontier } = this;
    if (frontier === undefined) return undefined;
    return this.readCount / Math.max(1, Math.abs(startMillis - timeOf(frontier)));
  }

  /** Reads on in every partition that has nothing buffered: `limit` entries from all of them together. */
  async readOn(limit: number): Promise<void> {
    await this.#read(
      this.#streams.filter((stream) => stream.head === undefined && !stream.isReadToEnd),
      limit,
    );
  }

  /** Reads on in every partition, behind what is buffered: `limit` entries from all of them together. */
  async readFurther(limit: number): Promise<void> {
    await this.#read(
      this.#streams.filter((stream) => !stream.isReadToEnd),
      limit,
    );
  }

  async #read(streams: readonly PartitionStream[], limit: number): Promise<void> {
    const each = Math.max(1, Math.ceil(limit / streams.length));
    const chunks = await Promise.all(streams.map((stream) => stream.readOn(each)));
    this.requests += chunks.length;
    for (const { readUnits, items } of chunks) {
      this.readUnits += readUnits;
      this.readCount += items.length;
    }
  }

  /** Takes the next entry; `undefined` at the end. Must not be called when dry. */
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
