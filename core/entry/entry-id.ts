// The form of an entry's id: a ULID whose time is when the action occurred and whose other 80 bits are its identity's
// hash (identify.ts). Ids sort by time. Runs in browsers too.
import { decodeTime, encodeTime } from 'ulid';

const timeLength = 10;
const idPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const lowestHash = '0'.repeat(16);
const highestHash = 'Z'.repeat(16);

/** The largest time a ULID can hold (48 bits of milliseconds, the year 10889). */
export const maxTimeMillis = 2 ** 48 - 1;

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
