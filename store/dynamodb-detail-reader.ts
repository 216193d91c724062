// Reads complete entries and their disputes by ID. Apart from DynamoDbEntryStore, so that functions that only read do
// not contain the code that writes entries.
import { disputeKey, entryKey } from '../core/storage/keys.ts';
import type {
  DetailChunk,
  DetailReader,
  DisputedChunk,
  DisputeStore,
  OverflowStore,
  StoredEntry,
} from '../core/storage/ports.ts';
import { entryAttributes } from '../core/storage/table-attributes.ts';
import type { DynamoDbTable } from './dynamodb-table.ts';
import { type Item, toStoredEntry } from './entry-item.ts';
import { readDisputes } from './read-disputes.ts';
import { readItem } from './read-item.ts';
import { readItems } from './read-items.ts';

/** Reads entries with BatchGetItem. Fails with STORE_UNAVAILABLE when DynamoDB throttles or is unreachable. */
export class DynamoDbDetailReader implements DetailReader {
  readonly disputes: Pick<DisputeStore, 'findDisputed' | 'list'>;
  readonly #table: DynamoDbTable;
  readonly #overflow: OverflowStore;

  /** `overflow` is where states are stored that do not fit an item. */
  constructor(table: DynamoDbTable, overflow: OverflowStore) {
    this.#table = table;
    this.#overflow = overflow;
    this.disputes = {
      list: (organizationId, id) => readDisputes(organizationId, id, overflow, (key) => readItem(table, key)),
      findDisputed: (organizationId, ids) => findDisputed(table, organizationId, ids),
    };
  }

  async getDetails(organizationId: string, ids: readonly string[]): Promise<DetailChunk> {
    const keyOf = (id: string) => entryKey(organizationId, id);
    const found = await readItems(this.#table, ids.map(keyOf));
    let { readUnits } = found;
    const entries = new Map<string, StoredEntry>();
    const unreadable = new Set<string>();
    for (const id of ids) {
      let item = found.items.get(keyOf(id));
      if (item === undefined) {
        item = await readItem(this.#table, keyOf(id));
        readUnits++;
      }
      if (item?.[entryAttributes.id] === id) {
        const entry = this.#decode(organizationId, item);
        if (entry === undefined) unreadable.add(id);
        else entries.set(id, entry);
      }
    }
    return { entries, readUnits, ...(unreadable.size > 0 && { unreadable }) };
  }

  /** A malformed item must not hide the others. */
  #decode(organizationId: string, item: Item): StoredEntry | undefined {
    try {
      return toStoredEntry(organizationId, item, this.#overflow);
    } catch {
      return undefined;
    }
  }
}

/** Returns which of the entries have disputes: the first slot is taken if there is any. */
async function findDisputed(
  table: DynamoDbTable,
  organizationId: string,
  ids: readonly string[],
): Promise<DisputedChunk> {
  const keyOf = (id: string) => disputeKey(organizationId, id, 0);
  const { items, readUnits } = await readItems(table, ids.map(keyOf));
  return { ids: new Set(ids.filter((id) => items.has(keyOf(id)))), readUnits };
}
