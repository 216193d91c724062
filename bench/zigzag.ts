// Measures the cost of a query with a zigzag merge join, as in Datastore. It reads each index in turn for the next
// entry at or below the current candidate, until all indexes return the same entry.
import type { ListItem } from '../core/entry/entry.ts';
import { highestIdAt, lowestIdAt } from '../core/entry/entry-id.ts';
import type { Query } from '../core/query/query.ts';
import type { IndexReader } from '../core/storage/ports.ts';
import { partitionsFor, type Spent } from './plans.ts';

type Partition = ReturnType<typeof partitionsFor>[number];

/**
 * Returns the cost of the first page. Reads `chunk` entries of an index at a time, and uses them all before the next
 * read.
 */
export async function spendZigzag(
  store: IndexReader,
  query: Query,
  matchLimit: number,
  chunk: number,
): Promise<Spent> {
  const filtered = partitionsFor(query).filter(({ index }) => index !== 'time');
  const streams = filtered.map((partition) => new SkippingStream(store, query, partition, chunk));
  let target = highestIdAt(query.toMillis);
  let found = 0;
  while (found < matchLimit) {
    let agreed = 0;
    for (let turn = 0; agreed < streams.length; turn = (turn + 1) % streams.length) {
      const id = await streams[turn]?.next(target);
      if (id === undefined) return sumCost(streams);
      agreed = id === target ? agreed + 1 : 1;
      target = id;
    }
    found++;
    for (const stream of streams) stream.pass(target);
    const next = await streams[0]?.next(target);
    if (next === undefined) return sumCost(streams);
    target = next;
  }
  return sumCost(streams);
}

function sumCost(streams: readonly SkippingStream[]): Spent {
  return {
    readUnits: streams.reduce((sum, { readUnits }) => sum + readUnits, 0),
    requests: streams.reduce((sum, { requests }) => sum + requests, 0),
  };
}

/** Reads one index partition, newest first, and can skip to an ID. */
class SkippingStream {
  readonly #store: IndexReader;
  readonly #query: Query;
  readonly #partition: Partition;
  readonly #chunk: number;
  #buffer: readonly ListItem[] = [];
  #at = 0;
  #isReadToEnd = false;
  #passed: string | undefined;
  readUnits = 0;
  requests = 0;

  constructor(store: IndexReader, query: Query, partition: Partition, chunk: number) {
    this.#store = store;
    this.#query = query;
    this.#partition = partition;
    this.#chunk = chunk;
  }

  /** Returns the newest ID at or below `target` that was not passed, or `undefined` if there is none. */
  async next(target: string): Promise<string | undefined> {
    for (;;) {
      for (; this.#at < this.#buffer.length; this.#at++) {
        const id = this.#buffer[this.#at]?.id ?? '';
        if (id <= target && id !== this.#passed) return id;
      }
      if (this.#isReadToEnd) return undefined;
      await this.#read(target);
    }
  }

  pass(id: string): void {
    this.#passed = id;
  }

  async #read(target: string): Promise<void> {
    const { items, readThroughId, readUnits } = await this.#store.readIndex({
      ...this.#partition,
      lowestId: lowestIdAt(this.#query.fromMillis),
      highestId: target,
      order: 'desc',
      limit: this.#chunk,
    });
    this.#buffer = items;
    this.#at = 0;
    this.#isReadToEnd = readThroughId === undefined;
    this.readUnits += readUnits;
    this.requests++;
  }
}
