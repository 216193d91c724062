// Defines the format of entry IDs: a ULID with the time of the action and, in the other 80 bits, a hash of the event's
// identity (see derive-entry-id.ts). IDs sort by time. Also runs in browsers.
import { decodeTime, encodeTime } from 'ulid';

const timeLength = 10;
const idPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The digits of a ULID (Crockford's base 32). */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The length of the 80-bit identity hash in hex. */
export const identityHashHexLength = 20;

const lowestHash = '0'.repeat(16);
const highestHash = 'Z'.repeat(16);

/** The latest time that a ULID can represent: 48 bits of milliseconds, in the year 10889. */
export const maxTimeMillis = 2 ** 48 - 1;

/** Whether the value has the format of an entry ID. */
export function isEntryId(value: string): boolean {
  return idPattern.test(value);
}

/** Returns the 80-bit identity hash in an ID, as 16 characters. */
export function identityHashOf(id: string): string {
  return id.slice(timeLength);
}

/** Returns the time of the action from the ID, in epoch milliseconds. Throws if the ID is not a ULID. */
export function timeOf(id: string): number {
  if (!isEntryId(id)) return decodeTime(id);
  let timeMillis = 0;
  for (let place = 0; place < timeLength; place++)
    timeMillis = timeMillis * 32 + digits.indexOf(id.charAt(place));
  return timeMillis;
}

/** Returns the ID of this millisecond with the identity hash, which is given in hex. */
export function entryIdAt(timeMillis: number, identityHashHex: string): string {
  let id = encodeTime(timeMillis, timeLength);
  // Five hex digits are four digits of the ID.
  for (let start = 0; start < identityHashHexLength; start += 5) {
    const bits = Number.parseInt(identityHashHex.slice(start, start + 5), 16);
    for (const shift of [15, 10, 5, 0]) id += digits.charAt((bits >> shift) & 31);
  }
  return id;
}

/** Returns the lowest ID that an entry of this millisecond can have. */
export function lowestIdAt(timeMillis: number): string {
  return encodeTime(timeMillis, timeLength) + lowestHash;
}

/** Returns the highest ID that an entry of this millisecond can have. */
export function highestIdAt(timeMillis: number): string {
  return encodeTime(timeMillis, timeLength) + highestHash;
}

/** Returns the end of a range that excludes `id`: a sort key below `id` with no ID in between. */
export function justBefore(id: string): string {
  return `${id.slice(0, -1)}${String.fromCharCode(id.charCodeAt(id.length - 1) - 1)}~`;
}

/** Returns the start of a range that excludes `id`: a sort key above `id` with no ID in between. */
export function justAfter(id: string): string {
  return `${id}!`;
}
