// Reads one index partition in chunks, as a stream of entries in ID order.
import type { ListItem } from '../entry/entry.ts';
import { justAfter, justBefore } from '../entry/entry-id.ts';
import type { IndexChunk, IndexReader } from '../storage/ports.ts';
import type { IndexKey } from '../storage/table-attributes.ts';

/** The IDs to read, both inclusive, and their order. */
export interface StreamRange {
  readonly lowestId: string;
  readonly highestId: string;
  readonly order: 'asc' | 'desc';
}

/** Buffers the entries of one partition. `head` is the next entry to take. */
/**
 * Several disputes of one entry have the same ID and list view. They are adjacent in a chunk, and the next chunk starts
 * after the last ID.
 */
function isFirstOfId({ id }: ListItem, place: number, items: readonly ListItem[]): boolean {
  return id !== items[place - 1]?.id;
}

export class PartitionStream {
  readonly #store: IndexReader;
  readonly #index: IndexKey;
  readonly #partitionKey: string;
  #range: StreamRange;
  #buffer: readonly ListItem[] = [];
  #taken = 0;
  #isRead = false;
  /** The ID up to which the partition has been read, or `undefined` before the first read. */
  readThroughId: string | undefined;

  constructor(store: IndexReader, index: IndexKey, partitionKey: string, range: StreamRange) {
    this.#store = store;
    this.#index = index;
    this.#partitionKey = partitionKey;
    this.#range = range;
    this.#isRead = range.lowestId > range.highestId;
  }

  get head(): ListItem | undefined {
    return this.#buffer[this.#taken];
  }

  /** Whether the partition has been read to the end of the range. Entries can still be buffered. */
  get isReadToEnd(): boolean {
    return this.#isRead;
  }

  /** The entries that have been read but not taken. */
  get buffered(): readonly ListItem[] {
    return this.#buffer.slice(this.#taken);
  }

  take(): void {
    this.#taken++;
  }

  /** Reads the next chunk and appends it to the buffer. */
  async readChunk(limit: number): Promise<IndexChunk> {
    const chunk = await this.#store.readIndex({
      index: this.#index,
      partitionKey: this.#partitionKey,
      ...this.#range,
      limit,
    });
    this.#buffer = [...this.buffered, ...chunk.items.filter(isFirstOfId)];
    this.#taken = 0;
    const through = chunk.readThroughId;
    if (through === undefined) {
      this.#isRead = true;
    } else {
      this.readThroughId = through;
      this.#range =
        this.#range.order === 'desc'
          ? { ...this.#range, highestId: justBefore(through) }
          : { ...this.#range, lowestId: justAfter(through) };
      this.#isRead = this.#range.lowestId > this.#range.highestId;
    }
    return chunk;
  }
}
