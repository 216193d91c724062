// An entry as an item of the entry table, and back.
import * as z from 'zod/mini';
import { type ListItem, type LogEntry, toListItem } from '../core/entry.ts';
import { entryKey, indexPartitionKey, shardOf } from '../core/keys.ts';
import { entryAttributes, indexPartitionAttributes } from '../core/names.ts';
import type { IndexShards } from '../core/shards.ts';
import { decodeEntry, encodeDetail } from './detail-codec.ts';
import { decodeView, encodeView } from './view-codec.ts';

export type Item = Readonly<Record<string, unknown>>;

const { pk, id, view, detail, expiresAt } = entryAttributes;
const partitionOf = indexPartitionAttributes;

const indexItemSchema = z.object({ [id]: z.string(), [view]: z.unknown() });
const baseItemSchema = z.object({
  [id]: z.string(),
  [view]: z.unknown(),
  [detail]: z.instanceof(Uint8Array),
});

/** The item to put: base key, one partition key for each index, list view, detail. */
export function toItem(entry: LogEntry, shards: IndexShards): Item & { readonly [detail]: Uint8Array } {
  const org = entry.organizationId;
  const shard = (index: Parameters<typeof shardOf>[2]) => shardOf(entry.id, shards, index);
  const { accountId, region } = entry;
  return {
    [pk]: entryKey(org, entry.id),
    [id]: entry.id,
    [partitionOf.time]: indexPartitionKey(org, 'time', [], shard('time')),
    [partitionOf.user]: indexPartitionKey(org, 'user', [entry.user.id], shard('user')),
    [partitionOf.action]: indexPartitionKey(org, 'action', [entry.action], shard('action')),
    [partitionOf.accountRegion]: indexPartitionKey(
      org,
      'accountRegion',
      [accountId, region],
      shard('accountRegion'),
    ),
    [partitionOf.resourceName]: indexPartitionKey(
      org,
      'resourceName',
      [entry.target.name],
      shard('resourceName'),
    ),
    [view]: encodeView(toListItem(entry)),
    [detail]: encodeDetail(entry),
    ...(entry.expiresAt === undefined ? {} : { [expiresAt]: entry.expiresAt }),
  };
}

/** The list item in what an index projects. */
export function toIndexedItem(organizationId: string, item: Item): ListItem {
  const parsed = indexItemSchema.parse(item);
  return decodeView(organizationId, parsed[id], parsed[view]);
}

/** The entry in an item of the base table. */
export function toEntry(organizationId: string, item: Item): LogEntry {
  const parsed = baseItemSchema.parse(item);
  return decodeEntry(decodeView(organizationId, parsed[id], parsed[view]), parsed[detail]);
}
