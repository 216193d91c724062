// What the bucket keeps of the cosignatures on an organization's log: for each witness, the latest checkpoint that it
// cosigned. No signed data depends on it, and it can be lost: witnesses answer what they cosigned last.
import * as z from 'zod/mini';
import { decodeJson } from './batch.ts';
import { cosignatureKey } from './object-keys.ts';
import type { LogObjects } from './ports.ts';
import { parseNote } from './signed-note.ts';

const recordSchema = z.object({
  format: z.literal(1),
  witnesses: z.array(
    z.object({
      /** The verifier key of the witness. */
      key: z.string(),
      /** The number of leaves in the log of the checkpoint. */
      size: z.number(),
      /** The checkpoint with the signature of the log and the cosignature of the witness. */
      checkpoint: z.string(),
    }),
  ),
});

/** The latest checkpoints of a log that witnesses cosigned. */
export type CosignatureRecord = z.infer<typeof recordSchema>;
/** The latest checkpoint that one witness cosigned. */
export type WitnessedCheckpoint = CosignatureRecord['witnesses'][number];

/** Reads the record and its ETag. Empty, without ETag, before the first cosignature. Fails with LOG_CONTRADICTED. */
export async function readCosignatureRecord(
  objects: Pick<LogObjects, 'get'>,
  organizationId: string,
): Promise<{ readonly witnesses: readonly WitnessedCheckpoint[]; readonly etag: string | undefined }> {
  const key = cosignatureKey(organizationId);
  const object = await objects.get(key);
  if (object === undefined) return { witnesses: [], etag: undefined };
  return { witnesses: decodeJson(recordSchema, object.bytes, key).witnesses, etag: object.etag };
}

/** Returns the note with those cosignatures that are on the same checkpoint. */
export function addCosignatures(note: string, witnesses: readonly WitnessedCheckpoint[]): string {
  const text = parseNote(note)?.text;
  if (text === undefined) return note;
  const lines = witnesses.flatMap(({ checkpoint }) =>
    parseNote(checkpoint)?.text === text ? signatureLines(checkpoint) : [],
  );
  return [...new Set([...signatureLines(note), ...lines])].reduce(
    (joined, line) => `${joined}${line}\n`,
    `${text}\n`,
  );
}

function signatureLines(note: string): string[] {
  return note.slice(note.lastIndexOf('\n\n') + 2, -1).split('\n');
}
