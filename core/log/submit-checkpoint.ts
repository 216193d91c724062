// Submits a checkpoint to one witness: https://c2sp.org/tlog-witness. Trusts nothing in the answer but a cosignature that
// the key of the witness made.
import { readCosignature } from './cosignature.ts';
import type { WitnessClient } from './ports.ts';
import { type NoteKey, noteKeyTypes, parseNote, signaturesOf } from './signed-note.ts';

/** A witness: where it takes checkpoints, and the key of its cosignatures. */
export interface Witness {
  /** The submission prefix, without a slash at the end. */
  readonly url: string;
  readonly key: NoteKey;
}

/** A checkpoint to submit. */
export interface Submission {
  /** The signed checkpoint. */
  readonly checkpoint: string;
  readonly size: number;
  /** The size that the witness is expected to have cosigned last. 0: none. At most `size`. */
  readonly cosignedSize: number;
  /** Returns the hashes of the consistency proof from 1 ≤ `from` < `size`, in base64. */
  readonly prove: (from: number) => Promise<readonly string[]>;
}

/** What came of a submission. `reason` is a sentence without a period that quotes nothing of the answer. */
export type SubmissionResult =
  /** The checkpoint with the cosignature of the witness. */
  | { readonly status: 'cosigned'; readonly checkpoint: string }
  /** The witness cosigned a larger log. */
  | { readonly status: 'ahead'; readonly size: number }
  /** The witness cosigned a log that this one does not continue. */
  | { readonly status: 'refused'; readonly reason: string }
  /** Try again later. */
  | { readonly status: 'failed'; readonly reason: string; readonly isUnreachable: boolean };

/** A witness answers the size that it expects, so the second attempt is the last one that can be necessary. */
const maxAttempts = 2;

/** Submits the checkpoint, with the proof that the witness asks for. */
export async function submitCheckpoint(
  { url, key }: Witness,
  { checkpoint, size, cosignedSize, prove }: Submission,
  client: WitnessClient,
): Promise<SubmissionResult> {
  let oldSize = cosignedSize;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const hashes = oldSize === 0 || oldSize === size ? [] : await prove(oldSize);
    const body = [`old ${oldSize}`, ...hashes, '', checkpoint].join('\n');
    const answer = await client.addCheckpoint(url, body);
    if (answer.status === 'unreachable') return failed(`could not be reached: ${answer.reason}`, true);
    if (answer.status === 200) return readAnswer(answer.body, checkpoint, key);
    if (answer.status === 422) return refused('does not accept that the log continues what it cosigned');
    if (answer.status !== 409) return failed(describeStatus(answer.status));
    const lastSize = readSize(answer.body);
    if (lastSize === oldSize && oldSize === size) return refused(`cosigned another log with ${size} leaves`);
    if (lastSize === undefined || lastSize === oldSize) return failed('answered a conflict without its size');
    if (lastSize > size) return { status: 'ahead', size: lastSize };
    oldSize = lastSize;
  }
  return failed('cosigned another checkpoint meanwhile');
}

function failed(reason: string, isUnreachable = false): SubmissionResult {
  return { status: 'failed', reason, isUnreachable };
}

function refused(reason: string): SubmissionResult {
  return { status: 'refused', reason };
}

function describeStatus(status: number): string {
  if (status === 404) return 'does not know the origin of the log';
  if (status === 403) return 'does not know the key of the log';
  return `answered HTTP ${status}`;
}

/** Returns the size in the body of a conflict: an integer and a newline. */
function readSize(body: string): number | undefined {
  const [, digits] = /^(0|[1-9]\d{0,14})\n?$/.exec(body) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Keeps only the lines that name the key of the witness. All of them must be its cosignatures. */
async function readAnswer(body: string, checkpoint: string, key: NoteKey): Promise<SubmissionResult> {
  const own = body
    .split('\n')
    .filter((line) => line !== '')
    .filter((line) => namesKey(`${checkpoint}${line}\n`, key))
    .join('\n');
  const cosigned = `${checkpoint}${own}\n`;
  if (own === '' || (await readCosignature(cosigned, key)) === undefined) {
    return failed('answered without a valid cosignature of its key');
  }
  return { status: 'cosigned', checkpoint: cosigned };
}

function namesKey(note: string, key: NoteKey): boolean {
  const parsed = parseNote(note);
  return parsed !== undefined && signaturesOf(parsed, key, noteKeyTypes.witness).length > 0;
}
