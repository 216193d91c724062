// Verifies that an item of the entries table is what the recorder would have written. Id, keys and content hash
// follow from the entry, so an invented or altered item is detected. For tools that copy items from another
// table.
import { contentOf } from '../core/entry/content.ts';
import { hashContent } from '../core/entry/content-hash.ts';
import { deriveEntryId } from '../core/entry/derive-entry-id.ts';
import type { LogEntry } from '../core/entry/entry.ts';
import { entryKey, indexPartitionKey, indexValuesOf } from '../core/storage/keys.ts';
import { indexKeys } from '../core/storage/shards.ts';
import { entryAttributes, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import { type Item, toStoredEntry } from './entry-item.ts';
import { MemoryOverflowStore } from './memory-overflow-store.ts';

/** The result of verifying an item. */
export type ItemVerification =
  | { readonly status: 'genuine' }
  /** Everything but the content hash is verified. The hash needs the states, which are stored outside the item. */
  | { readonly status: 'states-elsewhere' }
  /** `reason` names what does not match. It never quotes the item. */
  | { readonly status: 'forged'; readonly reason: string };

const { pk, id, overflow } = entryAttributes;

/** Verifies an item as the document client returns it. No hash covers its expiry, verdict and recording time. */
export async function verifyEntryItem(item: Item): Promise<ItemVerification> {
  const organizationId = String(item[pk]).split('#')[0] ?? '';
  let entry: LogEntry;
  try {
    const stored = toStoredEntry(organizationId, item, new MemoryOverflowStore());
    entry = item[overflow] === undefined ? await stored.readFull() : stored.head;
  } catch {
    return { status: 'forged', reason: 'the item cannot be read as an entry' };
  }
  const wrong = findWrongKey(item, entry);
  if (wrong !== undefined) return { status: 'forged', reason: `${wrong} does not match the entry` };
  if (item[overflow] !== undefined) return { status: 'states-elsewhere' };
  return hashContent(contentOf(entry)) === entry.contentHash
    ? { status: 'genuine' }
    : { status: 'forged', reason: 'the content hash does not match the content' };
}

function findWrongKey(item: Item, entry: LogEntry): string | undefined {
  const { organizationId, source, eventId } = entry;
  const occurredAtMillis = Date.parse(entry.timestamp);
  if (deriveEntryId({ organizationId, source, eventId, occurredAtMillis }) !== item[id]) return 'the id';
  if (entryKey(organizationId, entry.id) !== item[pk]) return 'the key';
  const indexValues = indexValuesOf(entry);
  for (const index of indexKeys) {
    const stored = item[indexPartitionAttributes[index]];
    const values = indexValues.get(index);
    if (values === undefined) {
      if (stored === undefined) continue;
      return `the key of index ${index}`;
    }
    if (!matchesIndexKey(stored, (shard) => indexPartitionKey(organizationId, index, values, shard)))
      return `the key of index ${index}`;
  }
  return undefined;
}

/** Whether the stored key is the right one for the shard that it names. */
export function matchesIndexKey(stored: unknown, keyOf: (shard: number) => string): boolean {
  return keyOf(Number(/#(\d{1,2})$/.exec(String(stored))?.[1])) === stored;
}
