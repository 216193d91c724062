// What a zigzag merge join would spend on a query, the way Datastore answers one by several indexes: each index in turn is
// asked for the next entry at or below the one that the others agree on, until all name the same.
import type { ListItem } from '../core/entry/entry.ts';
import { highestIdAt, lowestIdAt } from '../core/entry/entry-id.ts';
import type { Query } from '../core/query/query.ts';
import type { IndexReader } from '../core/storage/ports.ts';
import { partitionsFor, type Spent } from './plans.ts';

type Partition = ReturnType<typeof partitionsFor>[number];

/** Entries of the first page. An index is read `chunk` entries at a time; those read are looked at before it is asked again. */
export async function spendZigzag(
  store: IndexReader,
  query: Query,
  wanted: number,
  chunk: number,
): Promise<Spent> {
  const filtered = partitionsFor(query).filter(({ index }) => index !== 'time');
  const streams = filtered.map((partition) => new SkippingStream(store, query, partition, chunk));
  let target = highestIdAt(query.toMillis);
  let found = 0;
  while (found < wanted) {
    let agreed = 0;
    for (let turn = 0; agreed < streams.length; turn = (turn + 1) % streams.length) {
      const id = await streams[turn]?.next(target);
      if (id === undefined) return spentBy(streams);
      agreed = id === target ? agreed + 1 : 1;
      target = id;
    }
    found++;
    for (const stream of streams) stream.pass(target);
    const next = await streams[0]?.next(target);
    if (next === undefined) return spentBy(streams);
    target = next;
  }
  return spentBy(streams);
}

function spentBy(streams: readonly SkippingStream[]): Spent {
  return {
    readUnits: streams.reduce((sum, { readUnits }) => sum + readUnits, 0),
    requests: streams.reduce((sum, { requests }) => sum + requests, 0),
  };
}

/** One index partition, newest first, that can be moved on to an id. */
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

  /** The newest id at or below `target` that was not passed; `undefined` when there is none. */
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
