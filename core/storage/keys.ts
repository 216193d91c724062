// Defines the key formats of both tables. No other file builds a partition key.
import { hash } from 'node:crypto';
import type { Action, Verdict } from '../contract/vocabulary.ts';
import type { LogEntry } from '../entry/entry.ts';
import { identityHashOf, isEntryId } from '../entry/entry-id.ts';
import { foldTerm } from '../values/folded-text.ts';
import { type IndexKey, retentionPrefix } from './table-attributes.ts';

/** Escapes the separator, so that a value cannot change the structure of a key. */
function escapePart(part: string): string {
  return /[%#]/.test(part) ? part.replaceAll('%', '%25').replaceAll('#', '%23') : part;
}

function joinKey(...parts: readonly (string | number)[]): string {
  return parts.map((part) => escapePart(String(part))).join('#');
}

/** Returns the partition key of an entry in the base table. */
export function entryKey(organizationId: string, id: string): string {
  return joinKey(organizationId, identityHashOf(id));
}

/** The maximum number of disputes that are kept for an entry. Their slots are numbered from 0, with one digit. */
export const maxDisputes = 10;

/**
 * Returns the partition key of a dispute in the base table. It has three separators, so it is never the key of an
 * entry.
 */
export function disputeKey(organizationId: string, id: string, slot: number): string {
  return joinKey(organizationId, identityHashOf(id), 'dispute', slot);
}

/** Returns the key of the disputed entry, or `undefined` if the key is not that of a dispute. */
export function readDisputeKey(
  key: string,
): { readonly entryKey: string; readonly slot: number } | undefined {
  const [, disputedKey, slot] = /^([^#]+#[^#]+)#dispute#(\d)$/.exec(key) ?? [];
  return disputedKey === undefined ? undefined : { entryKey: disputedKey, slot: Number(slot) };
}

/** The parts of the key of an object that stores an entry's states. */
export interface OverflowName {
  readonly organizationId: string;
  readonly id: string;
  /** SHA-256 of the object, in hex. */
  readonly sha256: string;
  /** The number of days that the entry is kept; absent means forever. */
  readonly retentionDays?: number | undefined;
}

/**
 * Returns the key of the object that stores an entry's states. The key contains the retention period, so that no object
 * expires before its entry, and the content hash, so that writing the same states again gives the same object.
 */
export function overflowKey({ organizationId, id, sha256, retentionDays }: OverflowName): string {
  const prefix = retentionDays === undefined ? '' : retentionPrefix(retentionDays);
  return prefix + [organizationId, id, sha256].map(encodeURIComponent).join('/');
}

/** Returns the parts of an object key, or `undefined` if `overflowKey` cannot have produced it. */
export function readOverflowKey(key: string): OverflowName | undefined {
  const [, days, organizationId = '', id = '', sha256 = ''] =
    /^(?:retention\.([1-9]\d*)\/)?([\w-]+)\/([^/]+)\/([0-9a-f]{64})$/.exec(key) ?? [];
  if (organizationId === '' || !isEntryId(id)) return undefined;
  return { organizationId, id, sha256, ...(days === undefined ? {} : { retentionDays: Number(days) }) };
}

/**
 * The finding of a dispute. Disputes are also in the index `accountRegion`, with this word instead of a Region, whose
 * name is never uppercase. Callers limited to accounts thereby find the disputes of their accounts without reading
 * others.
 */
export const disputed = 'DISPUTED';

/** A value of the sparse index: a verdict other than PERMITTED, or a dispute. */
export type Finding = Exclude<Verdict, 'PERMITTED'> | typeof disputed;

/** The values by which each index is partitioned, apart from organization and shard. */
export interface PartitionValues {
  readonly time: readonly [];
  readonly user: readonly [userId: string];
  readonly action: readonly [action: Action];
  readonly accountRegion: readonly [accountId: string, region: string];
  readonly resourceName: readonly [name: string];
  readonly finding: readonly [finding: Finding];
}

/** Returns the values by which each index that contains the entry finds it, apart from organization and shard. */
export function indexValuesOf(entry: LogEntry): ReadonlyMap<IndexKey, PartitionValues[IndexKey]> {
  return new Map<IndexKey, PartitionValues[IndexKey]>([
    ['time', []],
    ['user', [entry.user.id]],
    ['action', [entry.action]],
    ['accountRegion', [entry.accountId, entry.region]],
    ['resourceName', [entry.target.name]],
    ...(entry.verdict === 'PERMITTED' ? [] : [['finding', [entry.verdict]] as const]),
  ]);
}

/** Returns the partition key of one shard of an index. */
export function indexPartitionKey<K extends IndexKey>(
  organizationId: string,
  _index: K,
  values: PartitionValues[K],
  shard: number,
): string {
  return joinKey(organizationId, ...values, shard);
}

/** Returns the text that identifies a value of an index within an organization. */
export function indexValueKey(values: readonly string[]): string {
  return joinKey(...values);
}

/** Returns the partition key of an organization's shard steps in the directory table. */
export function shardStepsPartitionKey(organizationId: string): string {
  return joinKey(organizationId, 'shardSteps');
}

/**
 * Returns the sort key of a shard step. Each count of a value has one key, so a step is added once and never moved. A
 * digest replaces the value, which can be longer than a sort key.
 */
export function shardStepSortKey(index: IndexKey, valueKey: string, shards: number): string {
  return joinKey(index, digestOf(valueKey), shards);
}

const writeCountField = 'writeCount';

/** Returns the partition key of the counter of a value's writes in the directory table. Each value has its own. */
export function writeCountPartitionKey(organizationId: string, index: IndexKey, valueKey: string): string {
  return joinKey(organizationId, writeCountField, index, digestOf(valueKey));
}

/** Whether the key of a directory row is that of a counter of writes. */
export function isWriteCountPartitionKey(key: string): boolean {
  return key.split('#')[1] === writeCountField;
}

function digestOf(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

/** Returns the partition of a user's private views, or of the views that the organization shares. */
export function viewPartitionKey(organizationId: string, userId?: string): string {
  return userId === undefined ? joinKey(organizationId, 'shared') : joinKey(organizationId, 'user', userId);
}

/** The fields whose values the directory stores. */
export type DirectoryField = 'users' | 'accountRegions' | 'resources' | 'targets';

/**
 * Returns the directory partition of an account's users or resources, or of the organization's targets or accounts and
 * Regions.
 */
export function directoryPartitionKey(
  organizationId: string,
  field: DirectoryField,
  accountId?: string,
): string {
  return accountId === undefined ? joinKey(organizationId, field) : joinKey(organizationId, field, accountId);
}

/** The maximum bytes of a term and of a value in a sort key. They are limited because a cursor contains the key. */
const maxTermBytes = 120;
const maxValueBytes = 40;

/**
 * Returns the sort key of a directory row: the folded search term and the value. If either is too long, the term is
 * truncated and a digest of both replaces the value.
 */
export function directorySortKey(term: string, value: string): string {
  const [fullTerm, start, end] = [escapePart(foldTerm(term)), directorySortKeyStart(term), escapePart(value)];
  if (start === fullTerm && Buffer.byteLength(end) <= maxValueBytes) return `${start}#${end}`;
  return `${start}#%=${digestOf(JSON.stringify([fullTerm, value]))}`;
}

/**
 * Returns the start of the sort keys of all terms with this prefix. If it is truncated, the caller must compare the
 * terms.
 */
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

/**
 * Returns the start of the sort keys of the rows with this term. Terms that differ only in case, and long terms with the
 * same start, have the same start, so the caller must compare the terms.
 */
export function directoryTermStart(term: string): string {
  return `${directorySortKeyStart(term)}#`;
}

/** Returns the start of the sort keys of one account's Regions, in the partition of accounts and Regions. */
export function accountRegionsStart(accountId: string): string {
  return joinKey(accountId, '');
}

/** Orders sort keys as DynamoDB does: by their UTF-8 bytes. */
export function compareSortKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
