// Key formats of both tables: the only place where a partition key is built.
import { createHash } from 'node:crypto';
import type { Action } from '../contract/vocabulary.ts';
import { identityHashOf, isEntryId, timeOf } from '../entry/entry-id.ts';
import { foldTerm } from '../values/folded-text.ts';
import { type IndexShards, shardCountAt } from './shards.ts';
import { type IndexKey, retentionPrefix } from './table-attributes.ts';

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

/** What tells one object that holds states of an entry from all others. */
export interface OverflowName {
  readonly organizationId: string;
  readonly id: string;
  /** Of its bytes, hex. */
  readonly sha256: string;
  /** Days that its entry is kept; absent means for ever. */
  readonly retentionDays?: number | undefined;
}

/**
 * Key of the object that holds states of an entry: for how long, organisation, entry and what is in it, so that the same
 * states are the same object however often they are written, and none goes before the entry that refers to it.
 */
export function overflowKey({ organizationId, id, sha256, retentionDays }: OverflowName): string {
  const prefix = retentionDays === undefined ? '' : retentionPrefix(retentionDays);
  return prefix + [organizationId, id, sha256].map(encodeURIComponent).join('/');
}

/** What the key of an object says; `undefined` for a key that `overflowKey` does not make. */
export function readOverflowKey(key: string): OverflowName | undefined {
  const [, days, organizationId = '', id = '', sha256 = ''] =
    /^(?:retention\.([1-9]\d*)\/)?([\w-]+)\/([^/]+)\/([0-9a-f]{64})$/.exec(key) ?? [];
  if (organizationId === '' || !isEntryId(id)) return undefined;
  return { organizationId, id, sha256, ...(days === undefined ? {} : { retentionDays: Number(days) }) };
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

/** Partition of the directory: an account's users or resources, or the organisation's accounts and regions. */
export function directoryPartitionKey(
  organizationId: string,
  field: DirectoryField,
  accountId?: string,
): string {
  return accountId === undefined ? joinKey(organizationId, field) : joinKey(organizationId, field, accountId);
}

/** Bytes of a term, and of the value behind it, that a sort key holds: a cursor must have room for it. */
const maxTermBytes = 120;
const maxValueBytes = 40;

/**
 * Sort key of a directory row: the folded term that it is found by, then the value it stands for. What is too
 * long is cut, and a digest of the whole takes the value's place.
 */
export function directorySortKey(term: string, value: string): string {
  const [whole, start, end] = [escapePart(foldTerm(term)), directorySortKeyStart(term), escapePart(value)];
  if (start === whole && Buffer.byteLength(end) <= maxValueBytes) return `${start}#${end}`;
  const digest = createHash('sha256')
    .update(JSON.stringify([whole, value]))
    .digest('base64url');
  return `${start}#%=${digest.slice(0, 22)}`;
}

/** What the sort keys of all terms with this prefix begin with; beyond its length, terms must be compared. */
export function directorySortKeyStart(prefix: string): string {
  const escaped = escapePart(foldTerm(prefix));
  if (Buffer.byteLength(escaped) <= maxTermBytes) return escaped;
  let [start, bytes] = ['', 0];
  for (const [part] of escaped.matchAll(/%\d\d|./gsu)) {
    bytes += Buffer.byteLength(part);
    if (bytes > maxTermBytes) break;
    start += part;
  }
  return start;
}

/** What the sort keys of one account's regions begin with, in the partition of accounts and regions. */
export function accountRegionsStart(accountId: string): string {
  return joinKey(accountId, '');
}

/** Orders sort keys as DynamoDB does: by their UTF-8 bytes. */
export function compareSortKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
