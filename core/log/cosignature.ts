// Cosignatures of witnesses on checkpoints, with Ed25519: https://c2sp.org/tlog-cosignature. Also runs in browsers.
import { toUtf8 } from '../values/bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { type NoteKey, noteKeyTypes, parseNote, signaturesOf, verifyEd25519 } from './signed-note.ts';

const timestampBytes = 8;

/** A checkpoint that the log signed and a witness cosigned. */
export interface CosignedCheckpoint extends Checkpoint {
  /** When the witness cosigned it, by its own clock, in epoch milliseconds. */
  readonly cosignedAtMillis: number;
}

/** Returns the message that a witness signs for the text of a checkpoint. */
export function cosignedMessage(text: string, timestampSeconds: number): Uint8Array<ArrayBuffer> {
  return toUtf8(`cosignature/v1\ntime ${timestampSeconds}\n${text}`);
}

/**
 * Returns when the witness cosigned the note, in epoch milliseconds: the latest time if there are several cosignatures.
 * `undefined` if it did not, or if any line that names its key has a wrong signature.
 */
export async function readCosignature(note: string, witness: NoteKey): Promise<number | undefined> {
  const parsed = parseNote(note);
  if (parsed === undefined) return undefined;
  let latest: number | undefined;
  for (const bytes of signaturesOf(parsed, witness, noteKeyTypes.witness)) {
    if (bytes.length < timestampBytes) return undefined;
    const timestamp = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    const message = cosignedMessage(parsed.text, timestamp);
    const isSigned = await verifyEd25519(witness, bytes.subarray(timestampBytes), message);
    if (!isSigned || !isDate(timestamp)) return undefined;
    latest = Math.max(latest ?? 0, timestamp * 1000);
  }
  return latest;
}

/** Whether the time is one that a `Date` can have. */
function isDate(timestampSeconds: number): boolean {
  return !Number.isNaN(new Date(timestampSeconds * 1000).getTime());
}

/** Returns the checkpoint of a note that both the log and the witness signed, or `undefined`. */
export async function openCosignedCheckpoint(
  note: string,
  log: NoteKey,
  witness: NoteKey,
): Promise<CosignedCheckpoint | undefined> {
  const [checkpoint, cosignedAtMillis] = await Promise.all([
    openCheckpoint(note, log),
    readCosignature(note, witness),
  ]);
  if (checkpoint === undefined || cosignedAtMillis === undefined) return undefined;
  return { ...checkpoint, cosignedAtMillis };
}
