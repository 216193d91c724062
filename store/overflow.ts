// Writes the states that do not fit an item before the item, and reads them back. The item holds the SHA-256 and
// size of the object, so a read returns exactly what was recorded or fails.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { LogEntry } from '../core/entry/entry.ts';
import { retentionDaysOf } from '../core/entry/retention.ts';
import { overflowKey } from '../core/storage/keys.ts';
import type { OverflowStore } from '../core/storage/ports.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { omitUndefined } from '../core/values/json.ts';
import { decodeStates, encodeStates, type States } from './detail-codec.ts';

/** What an item stores about the object that holds its states. */
export const overflowReferenceSchema = z.object({
  /** Hex digest of the object's bytes. */
  sha256: z.string(),
  bytes: z.number(),
  /** Days that the entry is kept, which are part of the object key. Absent: forever. */
  retentionDays: z.optional(z.number()),
});

export type OverflowReference = z.infer<typeof overflowReferenceSchema>;

/** The entry that an object belongs to. */
export type ObjectOwner = Pick<LogEntry, 'organizationId' | 'id' | 'expiresAt'>;

/** The states of an entry as an object. */
export interface OverflowObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly reference: OverflowReference;
}

/** Returns the object with the states. Its key and retention are those of the entry that it belongs to. */
export function toOverflowObject(states: States, owner: ObjectOwner): OverflowObject {
  const bytes = encodeStates(states);
  const reference = omitUndefined({
    sha256: hashBytes(bytes),
    bytes: bytes.byteLength,
    retentionDays: retentionDaysOf(owner),
  });
  return { key: keyOf(owner, reference), bytes, reference };
}

/**
 * Makes sure that the complete object is stored. Safe to repeat. Fails with STATES_UNREADABLE when the key holds
 * different content.
 */
export async function writeStates(overflow: OverflowStore, object: OverflowObject): Promise<void> {
  if ((await overflow.put(object.key, object.bytes)) === 'written') return;
  check(await overflow.get(object.key), object.reference);
}

/** Returns the states that a reference points to. Fails with STATES_UNREADABLE unless they are what was recorded. */
export async function readStates(
  overflow: OverflowStore,
  owner: Pick<ObjectOwner, 'organizationId' | 'id'>,
  reference: OverflowReference,
): Promise<States> {
  const bytes = await overflow.get(keyOf(owner, reference));
  return decodeStates(check(bytes, reference));
}

function keyOf(
  { organizationId, id }: Pick<ObjectOwner, 'organizationId' | 'id'>,
  { sha256, retentionDays }: OverflowReference,
): string {
  return overflowKey({ organizationId, id, sha256, retentionDays });
}

function check(bytes: Uint8Array | undefined, reference: OverflowReference): Uint8Array {
  if (bytes === undefined) throw unreadable('the object is missing');
  if (bytes.byteLength === reference.bytes && hashBytes(bytes) === reference.sha256) return bytes;
  throw unreadable('the object is not what was recorded');
}

/** The error for states that are missing or are not what was recorded. */
export function unreadable(reason: string, cause?: unknown): RequestLogsError {
  const message = `the states of this entry cannot be read: ${reason}`;
  return new RequestLogsError(errorCodes.statesUnreadable, message, { cause });
}

function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
