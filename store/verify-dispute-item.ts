// Verifies that an item is a dispute that the recorder would have kept: its keys, the identity and the content hash of the
// event, and the list view of the entry that it disputes.
import { isDeepStrictEqual } from 'node:util';
import { contentOf } from '../core/entry/content.ts';
import { hashContent } from '../core/entry/content-hash.ts';
import { deriveEntryId } from '../core/entry/derive-entry-id.ts';
import type { EntryHead, LogEntry } from '../core/entry/entry.ts';
import { identityHashOf } from '../core/entry/entry-id.ts';
import { disputeKey, indexPartitionKey, readDisputeKey } from '../core/storage/keys.ts';
import { indexKeys } from '../core/storage/shards.ts';
import { entryAttributes, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import { disputeIndexValuesOf, toDisputingEvent } from './dispute-item.ts';
import { type Item, toStoredEntry } from './entry-item.ts';
import { MemoryOverflowStore } from './memory-overflow-store.ts';
import { type ItemVerification, matchesIndexKey, verifyEntryItem } from './verify-entry-item.ts';

const { pk, id, view, overflow } = entryAttributes;

/**
 * Verifies a dispute as the document client returns it, with the item of its entry from the same table. Without that item,
 * it is forged. No hash covers its verdict and recording time.
 */
export async function verifyDisputeItem(item: Item, entryItem: Item | undefined): Promise<ItemVerification> {
  const entry = await readGenuineEntry(entryItem);
  if (entry === undefined || entryItem === undefined) return forged('the table has no genuine entry for it');
  let event: EntryHead | LogEntry;
  try {
    const stored = toDisputingEvent(entry.organizationId, item, new MemoryOverflowStore());
    event = item[overflow] === undefined ? await stored.readFull() : stored.head;
  } catch {
    return forged('the item cannot be read as a dispute');
  }
  const wrong = findWrongKey(item, entry, event);
  if (wrong !== undefined) return forged(`${wrong} does not match the entry`);
  if (!isDeepStrictEqual(item[view], entryItem[view]))
    return forged('the list view is not that of the entry');
  if (event.contentHash === entry.contentHash) return forged('the event does not differ from the entry');
  if (item[overflow] !== undefined) return { status: 'states-elsewhere' };
  return hashContent(contentOf(event)) === event.contentHash
    ? { status: 'genuine' }
    : forged('the content hash does not match the content');
}

function forged(reason: string): ItemVerification {
  return { status: 'forged', reason };
}

async function readGenuineEntry(item: Item | undefined): Promise<EntryHead | undefined> {
  if (item === undefined || (await verifyEntryItem(item)).status === 'forged') return undefined;
  return toStoredEntry(String(item[pk]).split('#')[0] ?? '', item, new MemoryOverflowStore()).head;
}

function findWrongKey(item: Item, entry: EntryHead, event: EntryHead): string | undefined {
  const { organizationId, source, eventId } = event;
  const occurredAtMillis = Date.parse(event.timestamp);
  if (deriveEntryId({ organizationId, source, eventId, occurredAtMillis }) !== event.id)
    return 'the event id';
  if (identityHashOf(event.id) !== identityHashOf(entry.id)) return 'the event id';
  if (item[id] !== entry.id) return 'the id';
  const slot = readDisputeKey(String(item[pk]))?.slot;
  if (slot === undefined || disputeKey(organizationId, entry.id, slot) !== item[pk]) return 'the key';
  const values = disputeIndexValuesOf(entry);
  for (const index of indexKeys) {
    const stored = item[indexPartitionAttributes[index]];
    const isExpected = index === 'finding' || index === 'accountRegion';
    const isRight = isExpected
      ? matchesIndexKey(stored, (shard) => indexPartitionKey(organizationId, index, values[index], shard))
      : stored === undefined;
    if (!isRight) return `the key of index ${index}`;
  }
  return undefined;
}
