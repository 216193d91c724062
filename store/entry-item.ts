// An entry as an item of the entry table, and back.
import * as z from 'zod/mini';
import { type ListItem, type LogEntry, toListItem } from '../core/entry/entry.ts';
import { entryKey, indexPartitionKey, type PartitionValues, shardOf } from '../core/storage/keys.ts';
import type { OverflowStore, StoredEntry } from '../core/storage/ports.ts';
import type { IndexShards } from '../core/storage/shards.ts';
import {
  entryAttributes,
  type IndexKey,
  indexPartitionAttributes,
} from '../core/storage/table-attributes.ts';
import { decodeEntry, encodeDetail, maxDetailBytes } from './detail-codec.ts';
import { type OverflowObject, overflowReferenceSchema, readStates, toOverflowObject } from './overflow.ts';
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
  /** To be written before the item, which refers to it; absent when the item holds everything. */
  readonly object?: OverflowObject;
}

/** The entry as an item, and as an object too when its states do not fit the item. */
export function toStorable(entry: LogEntry, shards: IndexShards): StorableEntry {
  const whole = encodeDetail(entry);
  if (whole.byteLength <= maxDetailBytes) return { item: toItem(entry, shards, whole) };
  const object = toOverflowObject(entry);
  const rest = encodeDetail({ ...entry, before: undefined, after: undefined });
  return { item: { ...toItem(entry, shards, rest), [overflow]: object.reference }, object };
}

/** What the entry is found by in each index, apart from organization and shard. */
export function indexValuesOf(entry: LogEntry): ReadonlyMap<IndexKey, PartitionValues[IndexKey]> {
  return new Map<IndexKey, PartitionValues[IndexKey]>([
    ['time', []],
    ['user', [entry.user.id]],
    ['action', [entry.action]],
    ['accountRegion', [entry.accountId, entry.region]],
    ['resourceName', [entry.target.name]],
  ]);
}

/** The item to insert: base key, one partition key for each index, list view, detail. */
function toItem(entry: LogEntry, shards: IndexShards, packedDetail: Uint8Array): Item {
  const org = entry.organizationId;
  const partitions = Array.from(indexValuesOf(entry), ([index, values]) => [
    partitionOf[index],
    indexPartitionKey(org, index, values, shardOf(entry.id, shards, index)),
  ]);
  return {
    [pk]: entryKey(org, entry.id),
    [id]: entry.id,
    ...Object.fromEntries(partitions),
    [view]: encodeView(toListItem(entry)),
    [detail]: packedDetail,
    ...(entry.expiresAt === undefined ? {} : { [expiresAt]: entry.expiresAt }),
  };
}

/** The list item in what an index projects. */
export function toIndexedItem(organizationId: string, item: Item): ListItem {
  const parsed = indexItemSchema.parse(item);
  return decodeView(organizationId, parsed[id], parsed[view]);
}

/** The entry in an item of the base table; its states are read, wherever they are, when the entry is read in full. */
export function toStoredEntry(organizationId: string, item: Item, overflowStore: OverflowStore): StoredEntry {
  const parsed = baseItemSchema.parse(item);
  const entry = decodeEntry(decodeView(organizationId, parsed[id], parsed[view]), parsed[detail]);
  const reference = parsed[overflow];
  const { before, after, ...head } = entry;
  return {
    head,
    readFull: async () =>
      reference === undefined ? entry : { ...head, ...(await readStates(overflowStore, head, reference)) },
  };
}
