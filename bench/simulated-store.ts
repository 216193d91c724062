// Simulates index partitions as sorted arrays and counts read units like DynamoDB, to try planning strategies quickly.
// The reported numbers come from dynoxide.
import { type ListItem, type LogEntry, toListItem } from '../core/entry/entry.ts';
import type { IndexChunk, IndexRead, IndexReader } from '../core/storage/ports.ts';
import { indexKeys } from '../core/storage/shards.ts';
import { indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import type { Item } from '../store/entry-item.ts';
import { toIndexedItem } from '../store/entry-item.ts';

interface Stored {
  readonly id: string;
  readonly bytes: number;
  readonly item: ListItem;
}

/** Half an eventually consistent read unit, which is the smallest amount that DynamoDB bills. */
const halfUnitBytes = 4096;
const maxChunkBytes = 1024 * 1024;

/** An in-memory index reader that counts queries and read units. */
export class SimulatedStore implements IndexReader {
  readonly #partitions = new Map<string, Stored[]>();
  queries = 0;
  readUnits = 0;

  /** Adds an item. Items must be added in order of their IDs. */
  add(organizationId: string, item: Item): void {
    this.#addView(toIndexedItem(organizationId, item), item);
  }

  /** Adds the item of an entry, which is faster than `add`. */
  addEntry(entry: LogEntry, item: Item): void {
    this.#addView(toListItem(entry), item);
  }

  #addView(view: ListItem, item: Item): void {
    const viewBytes = sizeOf(item.v);
    for (const index of indexKeys) {
      const key = item[indexPartitionAttributes[index]];
      if (typeof key !== 'string') continue;
      const bytes =
        sizeOf({ pk: item.pk, id: item.id, [indexPartitionAttributes[index]]: key, v: '' }) + viewBytes;
      const partition = this.#partitions.get(index + key) ?? [];
      partition.push({ id: view.id, bytes, item: view });
      this.#partitions.set(index + key, partition);
    }
  }

  async readIndex({
    index,
    partitionKey,
    lowestId,
    highestId,
    order,
    limit,
  }: IndexRead): Promise<IndexChunk> {
    const partition = this.#partitions.get(index + partitionKey) ?? [];
    const low = lowerBound(partition, lowestId);
    const high = lowerBound(partition, `${highestId}!`);
    const items: ListItem[] = [];
    let bytes = 0;
    const length = high - low;
    while (items.length < Math.min(length, limit) && bytes < maxChunkBytes) {
      const stored = partition[order === 'desc' ? high - 1 - items.length : low + items.length];
      if (!stored) break;
      items.push(stored.item);
      bytes += stored.bytes;
    }
    const readUnits = Math.max(1, Math.ceil(bytes / halfUnitBytes)) / 2;
    this.queries++;
    this.readUnits += readUnits;
    const isEnd = items.length === length && items.length < limit;
    return { items, readThroughId: isEnd ? undefined : items.at(-1)?.id, readUnits };
  }
}

function lowerBound(partition: readonly Stored[], id: string): number {
  let [low, high] = [0, partition.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((partition[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Returns the size of a value as DynamoDB calculates it
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
 */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/^-?0*|[.]|0*$/g, '').length / 2) + 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value)) return 3 + value.reduce((sum: number, element) => sum + 1 + sizeOf(element), 0);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce(
      (sum, [key, child]) => sum + Buffer.byteLength(key) + sizeOf(child) + 1,
      3,
    );
  }
  return 1;
}
