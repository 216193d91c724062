// Converts a dispute to an item of the entries table and back. Indexes find the item like the disputed entry, by
// the entry's ID and list view. It contains the disputing event, encoded like an entry.
import * as z from 'zod/mini';
import { type EntryHead, type LogEntry, toListItem } from '../core/entry/entry.ts';
import { disputed, disputeKey, indexPartitionKey, type PartitionValues } from '../core/storage/keys.ts';
import type { OverflowStore, StoredEntry } from '../core/storage/ports.ts';
import type { ShardSource } from '../core/storage/shard-counts.ts';
import { entryAttributes, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import { omitUndefined } from '../core/values/json.ts';
import { type Item, type StorableEntry, toStorable, toStoredEntry } from './entry-item.ts';
import { encodeView } from './view-codec.ts';

const { pk, id, view, detail, overflow, expiresAt, disputingId, disputingView } = entryAttributes;

const disputeItemSchema = z.object({ [id]: z.string(), [disputingId]: z.string() });

/** Returns the values by which each index finds a dispute, apart from organization and shard. */
export function disputeIndexValuesOf({ accountId }: Pick<EntryHead, 'accountId'>) {
  return {
    finding: [disputed],
    accountRegion: [accountId, disputed],
  } as const satisfies Partial<PartitionValues>;
}

/** Converts a dispute to an item, and to an additional object when the states of the event do not fit the item. */
export function toStorableDispute(
  entry: EntryHead,
  event: LogEntry,
  slot: number,
  shards: ShardSource,
): StorableEntry {
  const { organizationId } = entry;
  const kept = omitUndefined<LogEntry>({ ...event, expiresAt: entry.expiresAt });
  const { item, object } = toStorable(kept, shards, entry);
  const { finding, accountRegion } = disputeIndexValuesOf(entry);
  const partitionOf = indexPartitionAttributes;
  const counts = shards.countsOf(organizationId);
  const recordedAtMillis = Date.parse(event.recordedAt);
  return {
    item: {
      [pk]: disputeKey(organizationId, entry.id, slot),
      [id]: entry.id,
      [partitionOf.finding]: indexPartitionKey(
        organizationId,
        'finding',
        finding,
        counts.shardOf(entry.id, 'finding', finding, recordedAtMillis),
      ),
      [partitionOf.accountRegion]: indexPartitionKey(
        organizationId,
        'accountRegion',
        accountRegion,
        counts.shardOf(entry.id, 'accountRegion', accountRegion, recordedAtMillis),
      ),
      [view]: encodeView(toListItem(entry)),
      [disputingId]: event.id,
      [disputingView]: item[view],
      [detail]: item[detail],
      ...(object === undefined ? {} : { [overflow]: object.reference }),
      ...(entry.expiresAt === undefined ? {} : { [expiresAt]: entry.expiresAt }),
    },
    ...(object === undefined ? {} : { object }),
  };
}

/** Returns the disputing event in an item. Fails if the item is not one that `toStorableDispute` returns. */
export function toDisputingEvent(
  organizationId: string,
  item: Item,
  overflowStore: OverflowStore,
): StoredEntry {
  const { asEntry, entryId } = readDisputeItem(item);
  return toStoredEntry(organizationId, asEntry, overflowStore, entryId);
}

/** Returns the disputing event as the item of an entry, and the ID of the disputed entry. */
export function readDisputeItem(item: Item): { readonly asEntry: Item; readonly entryId: string } {
  const parsed = disputeItemSchema.parse(item);
  return {
    asEntry: { ...item, [id]: parsed[disputingId], [view]: item[disputingView] },
    entryId: parsed[id],
  };
}
