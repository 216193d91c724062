// The identity of an entry and its id: a ULID whose time is when the action occurred and whose other 80 bits are
// the identity's hash. Ids sort by time; the same event always has the same id.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { decodeTime, encodeTime, uuidToULID } from 'ulid';

/** What makes two events the same one. */
export interface Identity {
  readonly organizationId: string;
  readonly source: string;
  readonly eventId: string;
}

const timeLength = 10;
const idPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const lowestHash = '0'.repeat(16);
const highestHash = 'Z'.repeat(16);

/** The largest time a ULID can hold (48 bits of milliseconds, the year 10889). */
export const maxTimeMillis = 2 ** 48 - 1;

/** The id of the entry that this event becomes, wherever and however often it is sent. */
export function entryIdOf(event: Identity & { readonly occurredAtMillis: number }): string {
  const time = event.occurredAtMillis.toString(16).padStart(12, '0');
  const identity = canonicalize([event.organizationId, event.source, event.eventId]) ?? '';
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 20);
  const hex = time + hash;
  return uuidToULID(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
  );
}

/** Whether the text has the form of an entry id. */
export function isEntryId(value: string): boolean {
  return idPattern.test(value);
}

/** The 80-bit identity hash in an id, 16 characters. */
export function identityHashOf(id: string): string {
  return id.slice(timeLength);
}

/** When the entry with this id occurred, epoch milliseconds. */
export function timeOf(id: string): number {
  return decodeTime(id);
}

/** The lowest id that an entry of this millisecond can have. */
export function lowestIdAt(timeMillis: number): string {
  return encodeTime(timeMillis, timeLength) + lowestHash;
}

/** The highest id that an entry of this millisecond can have. */
export function highestIdAt(timeMillis: number): string {
  return encodeTime(timeMillis, timeLength) + highestHash;
}

/** A sort key below `id` with no id in between, for a range that ends before it. */
export function justBefore(id: string): string {
  return `${id.slice(0, -1)}${String.fromCharCode(id.charCodeAt(id.length - 1) - 1)}~`;
}

/** A sort key above `id` with no id in between, for a range that starts after it. */
export function justAfter(id: string): string {
  return `${id}!`;
}
