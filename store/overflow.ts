// States that do not fit the item of their entry: how they are written before it, and read back. The item keeps the
// object's SHA-256 and size, so what is read is what was recorded, or an error.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { LogEntry } from '../core/entry/entry.ts';
import { retentionDaysOf } from '../core/entry/retention.ts';
import { overflowKey } from '../core/storage/keys.ts';
import type { OverflowStore } from '../core/storage/ports.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { omitUndefined } from '../core/values/json.ts';
import { decodeStates, encodeStates, type States } from './detail-codec.ts';

/** What an item says of the object that holds its states. */
export const overflowReferenceSchema = z.object({
  /** Of the object's bytes, hex. */
  sha256: z.string(),
  bytes: z.number(),
  /** Days that the entry is kept, which its key tells; absent means for ever. */
  retentionDays: z.optional(z.number()),
});

export type OverflowReference = z.infer<typeof overflowReferenceSchema>;

type EntryName = Pick<LogEntry, 'organizationId' | 'id'>;

/** The states of an entry as an object. */
export interface OverflowObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly reference: OverflowReference;
}

export function toOverflowObject(entry: LogEntry): OverflowObject {
  const bytes = encodeStates(entry);
  const reference = omitUndefined({
    sha256: hashBytes(bytes),
    bytes: bytes.byteLength,
    retentionDays: retentionDaysOf(entry),
  });
  return { key: keyOf(entry, reference), bytes, reference };
}

/** Makes sure that the object is there, whole; safe to repeat. Fails with STATES_UNREADABLE when another is in its place. */
export async function writeStates(overflow: OverflowStore, object: OverflowObject): Promise<void> {
  if ((await overflow.put(object.key, object.bytes)) === 'written') return;
  check(await overflow.get(object.key), object.reference);
}

/** The states that a reference leads to. Fails with STATES_UNREADABLE unless they are what was recorded. */
export async function readStates(
  overflow: OverflowStore,
  entry: EntryName,
  reference: OverflowReference,
): Promise<States> {
  const bytes = await overflow.get(keyOf(entry, reference));
  return decodeStates(check(bytes, reference));
}

function keyOf({ organizationId, id }: EntryName, { sha256, retentionDays }: OverflowReference): string {
  return overflowKey({ organizationId, id, sha256, retentionDays });
}

function check(bytes: Uint8Array | undefined, reference: OverflowReference): Uint8Array {
  if (bytes === undefined) throw unreadable('they are not where they were put');
  if (bytes.byteLength === reference.bytes && hashBytes(bytes) === reference.sha256) return bytes;
  throw unreadable('what is there is not what was recorded');
}

/** The error for states that are not there, or are not what was recorded. */
export function unreadable(reason: string, cause?: unknown): RequestLogsError {
  const message = `the states of this entry cannot be read: ${reason}`;
  return new RequestLogsError(errorCodes.statesUnreadable, message, { cause });
}

function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
