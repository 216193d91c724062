// Converts an entry to an item of the entries table and back.
import * as z from 'zod/mini';
import { type ListItem, type LogEntry, toListItem } from '../core/entry/entry.ts';
import { entryKey, indexPartitionKey, indexValuesOf } from '../core/storage/keys.ts';
import type { OverflowStore, StoredEntry } from '../core/storage/ports.ts';
import type { ShardSource } from '../core/storage/shard-counts.ts';
import { entryAttributes, indexPartitionAttributes } from '../core/storage/table-attributes.ts';
import { decodeEntry, encodeDetail, maxDetailBytes } from './detail-codec.ts';
import {
  type ObjectOwner,
  type OverflowObject,
  type OverflowReference,
  overflowReferenceSchema,
  readStates,
  toOverflowObject,
} from './overflow.ts';
import { decodeView, encodeView } from './view-codec.ts';

export type Item = Readonly<Record<string, unknown>>;

const { pk, id, view, detail, overflow, expiresAt } = entryAttributes;
const partitionOf = indexPartitionAttributes;

const indexItemSchema = z.object({ [id]: z.string(), [view]: z.unknown() });
const baseItemSchema = z.object({
  [id]: z.string(),
  [view]: z.unknown(),
  [detail]: z.instanceof(Uint8Array),
  [overflow]: z.optional(overflowReferenceSchema),
});

export interface StorableEntry {
  readonly item: Item;
  /** Write this object before the item that refers to it. Absent when the item holds everything. */
  readonly object?: OverflowObject;
}

/**
 * Converts the entry to an item, and to an additional object when its states do not fit the item. The object belongs to
 * `owner`, which is another entry for a dispute.
 */
export function toStorable(entry: LogEntry, shards: ShardSource, owner: ObjectOwner = entry): StorableEntry {
  const whole = encodeDetail(entry);
  if (whole.byteLength <= maxDetailBytes) return { item: toItem(entry, shards, whole) };
  const object = toOverflowObject(entry, owner);
  const rest = encodeDetail({ ...entry, before: undefined, after: undefined });
  return { item: { ...toItem(entry, shards, rest), [overflow]: object.reference }, object };
}

/** The item to insert: base key, one partition key for each index that contains it, list view and detail. */
function toItem(entry: LogEntry, shards: ShardSource, packedDetail: Uint8Array): Item {
  const org = entry.organizationId;
  const counts = shards.countsOf(org);
  const recordedAtMillis = Date.parse(entry.recordedAt);
  const item: Record<string, unknown> = { [pk]: entryKey(org, entry.id), [id]: entry.id };
  for (const [index, values] of indexValuesOf(entry)) {
    const shard = counts.shardOf(entry.id, index, values, recordedAtMillis);
    item[partitionOf[index]] = indexPartitionKey(org, index, values, shard);
  }
  item[view] = encodeView(toListItem(entry));
  item[detail] = packedDetail;
  if (entry.expiresAt !== undefined) item[expiresAt] = entry.expiresAt;
  return item;
}

/** Returns the list item in the attributes that an index projects. */
export function toIndexedItem(organizationId: string, item: Item): ListItem {
  const parsed = indexItemSchema.parse(item);
  return decodeView(organizationId, parsed[id], parsed[view]);
}

/** Returns the entry in an item of the base table, without its states if they are stored elsewhere. */
export function decodeItem(
  organizationId: string,
  item: Item,
): { readonly entry: LogEntry; readonly reference: OverflowReference | undefined } {
  const parsed = baseItemSchema.parse(item);
  const entry = decodeEntry(decodeView(organizationId, parsed[id], parsed[view]), parsed[detail]);
  return { entry, reference: parsed[overflow] };
}

/**
 * Returns the entry in an item of the base table. Its states are read, from wherever they are stored, when the
 * entry is read in full. An object with its states belongs to `ownerId`, which is another entry for a dispute.
 */
export function toStoredEntry(
  organizationId: string,
  item: Item,
  overflowStore: OverflowStore,
  ownerId?: string,
): StoredEntry {
  const { entry, reference } = decodeItem(organizationId, item);
  const { before, after, ...head } = entry;
  const owner = { organizationId, id: ownerId ?? head.id };
  const nonce = item[entryAttributes.nonce];
  return {
    head,
    hasObject: reference !== undefined,
    commitment: {
      nonce: nonce instanceof Uint8Array ? nonce : new Uint8Array(),
      statesObject: reference && { sha256: reference.sha256, bytes: reference.bytes },
    },
    readFull: async () =>
      reference === undefined ? entry : { ...head, ...(await readStates(overflowStore, owner, reference)) },
  };
}
