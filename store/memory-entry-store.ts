// Entries in memory, stored as the same items as in the DynamoDB store. For tests and for tools that need no
// table.
import type { EntryHead, LogEntry } from '../core/entry/entry.ts';
import { disputeKey, entryKey } from '../core/storage/keys.ts';
import type {
  DetailChunk,
  DisputeStore,
  EntryStore,
  IndexChunk,
  IndexRead,
  InsertOutcome,
  OverflowStore,
  StoredEntry,
} from '../core/storage/ports.ts';
import { fixedShards, type ShardSource } from '../core/storage/shard-counts.ts';
import { entryAttributes, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import { addNonce } from './add-nonce.ts';
import { toStorableDispute } from './dispute-item.ts';
import { type Item, toIndexedItem, toStorable, toStoredEntry } from './entry-item.ts';
import { MemoryOverflowStore } from './memory-overflow-store.ts';
import { writeStates } from './overflow.ts';
import { readDisputes } from './read-disputes.ts';

const { pk, id, view } = entryAttributes;

/** A read unit covers 8 KiB of an eventually consistent read. All index reads are eventually consistent. */
const readUnitBytes = 8 * 1024;

export class MemoryEntryStore implements EntryStore {
  readonly disputes: DisputeStore;
  /** Items by key, for tests that change or remove some. */
  readonly items = new Map<string, Item>();
  readonly #shards: ShardSource;

  readonly #overflow: OverflowStore;

  constructor(shards: ShardSource = fixedShards(), overflow: OverflowStore = new MemoryOverflowStore()) {
    this.#shards = shards;
    this.#overflow = overflow;
    this.disputes = {
      list: (organizationId, entryId) =>
        readDisputes(organizationId, entryId, overflow, async (key) => this.items.get(key)),
      findDisputed: async (organizationId, ids) => {
        const isDisputed = (entryId: string) => this.items.has(disputeKey(organizationId, entryId, 0));
        return { ids: new Set(ids.filter(isDisputed)), readUnits: ids.length / 2 };
      },
      insert: (entry, event, slot) => this.#insertDispute(entry, event, slot),
    };
  }

  async insert(entries: readonly LogEntry[]): Promise<readonly InsertOutcome[]> {
    const outcomes: InsertOutcome[] = [];
    for (const entry of entries) {
      outcomes.push(await this.#insertOne(entry).catch((error: unknown) => ({ status: 'failed', error })));
    }
    return outcomes;
  }

  async #insertOne(entry: LogEntry): Promise<InsertOutcome> {
    const { item, object } = toStorable(entry, this.#shards);
    const key = String(item[pk]);
    if (object && !this.items.has(key)) await writeStates(this.#overflow, object);
    const stored = this.items.get(key);
    if (stored) {
      return { status: 'exists', stored: toStoredEntry(entry.organizationId, stored, this.#overflow) };
    }
    this.items.set(key, structuredClone(addNonce(item)));
    return { status: 'recorded' };
  }

  async #insertDispute(entry: EntryHead, event: LogEntry, slot: number): Promise<'inserted' | 'exists'> {
    const { item, object } = toStorableDispute(entry, event, slot, this.#shards);
    if (object !== undefined) await writeStates(this.#overflow, object);
    const key = String(item[pk]);
    if (this.items.has(key)) return 'exists';
    this.items.set(key, structuredClone(addNonce(item)));
    return 'inserted';
  }

  async get(organizationId: string, entryId: string): Promise<StoredEntry | undefined> {
    const item = this.items.get(entryKey(organizationId, entryId));
    return item?.[id] === entryId ? toStoredEntry(organizationId, item, this.#overflow) : undefined;
  }

  async getDetails(organizationId: string, ids: readonly string[]): Promise<DetailChunk> {
    const found = await Promise.all(
      ids.map(async (entryId) => [entryId, await this.get(organizationId, entryId)] as const),
    );
    const entries = new Map(found.flatMap(([entryId, stored]) => (stored ? [[entryId, stored]] : [])));
    return { entries, readUnits: ids.length / 2 };
  }

  async findSameIdentity(organizationId: string, entryId: string): Promise<StoredEntry | undefined> {
    const item = this.items.get(entryKey(organizationId, entryId));
    return item && toStoredEntry(organizationId, item, this.#overflow);
  }

  async readIndex(read: IndexRead): Promise<IndexChunk> {
    const partition = indexPartitionAttributes[read.index];
    const found = [...this.items.values()]
      .filter((item) => item[partition] === read.partitionKey)
      .filter((item) => String(item[id]) >= read.lowestId && String(item[id]) <= read.highestId)
      .sort((a, b) => (String(a[id]) < String(b[id]) === (read.order === 'asc') ? -1 : 1));
    const chunk = found.slice(0, read.limit);
    const bytes = chunk.reduce((sum, item) => sum + Buffer.byteLength(JSON.stringify(item[view])) + 150, 0);
    return {
      items: chunk.map((item) =>
        toIndexedItem(read.partitionKey.slice(0, read.partitionKey.indexOf('#')), item),
      ),
      readThroughId: chunk.length === read.limit ? String(chunk.at(-1)?.[id]) : undefined,
      readUnits: Math.max(0.5, Math.ceil((bytes / readUnitBytes) * 2) / 2),
    };
  }
}
