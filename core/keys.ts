// Key formats of both tables: the only place where a partition key is built.
import { identityHashOf, timeOf } from './entry-id.ts';
import type { Action } from './event.ts';
import type { IndexKey } from './names.ts';
import { type IndexShards, shardCountAt } from './shards.ts';

/** The digits of a ULID. */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Escapes the separator, so that no value can pretend to be part of another's key. */
function escapePart(part: string): string {
  return part.replaceAll('%', '%25').replaceAll('#', '%23');
}

function joinKey(...parts: readonly (string | number)[]): string {
  return parts.map((part) => escapePart(String(part))).join('#');
}

/** Partition key of the base table. */
export function entryKey(organizationId: string, id: string): string {
  return joinKey(organizationId, identityHashOf(id));
}

/** What an index is partitioned by, apart from organisation and shard. */
export interface PartitionValues {
  readonly time: readonly [];
  readonly user: readonly [userId: string];
  readonly action: readonly [action: Action];
  readonly accountRegion: readonly [accountId: string, region: string];
  readonly resourceName: readonly [name: string];
}

/** Partition key of one shard of one value of an index. */
export function indexPartitionKey<K extends IndexKey>(
  organizationId: string,
  _index: K,
  values: PartitionValues[K],
  shard: number,
): string {
  return joinKey(organizationId, ...values, shard);
}

/** The shard that an entry belongs to; it depends on the id alone, so that a resend finds the same. */
export function shardOf(id: string, shards: IndexShards, index: IndexKey): number {
  let number = 0;
  for (const digit of identityHashOf(id).slice(-4)) number = number * 32 + crockford.indexOf(digit);
  return number % shardCountAt(shards, index, timeOf(id));
}

export type DirectoryField = 'users' | 'accountRegions' | 'resources';

/** Partition of the directory: a field's values in the organisation, or in one of its accounts. */
export function directoryPartitionKey(
  organizationId: string,
  field: DirectoryField,
  accountId?: string,
): string {
  return accountId === undefined ? joinKey(organizationId, field) : joinKey(organizationId, field, accountId);
}

/** Sort key of a directory row: the term that it is found by, then the value it stands for. */
export function directorySortKey(term: string, value: string): string {
  return joinKey(term.toLowerCase(), value);
}
