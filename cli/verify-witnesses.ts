// Verifies what witnesses cosigned: each must have cosigned a checkpoint that the log continues. Trusts only the keys of
// the witnesses that were given, not those that the API lists.
import { type CosignedCheckpoint, openCosignedCheckpoint } from '../core/log/cosignature.ts';
import type { NoteKey } from '../core/log/signed-note.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { formatCount } from '../terminal/format-count.ts';

/** A checkpoint that a witness cosigned. */
export interface Witnessed {
  readonly witness: NoteKey;
  readonly checkpoint: CosignedCheckpoint;
}

/**
 * Returns the largest checkpoint that each witness cosigned, from signed notes. Fails with CommandError if a witness
 * cosigned none of them.
 */
export async function openWitnessed(
  notes: readonly string[],
  key: NoteKey,
  witnesses: readonly NoteKey[],
): Promise<Witnessed[]> {
  const found: Witnessed[] = [];
  for (const witness of witnesses) {
    const opened = await Promise.all(notes.map((note) => openCosignedCheckpoint(note, key, witness)));
    const [checkpoint] = opened
      .filter((one) => one !== undefined)
      .sort((one, other) => other.size - one.size || other.cosignedAtMillis - one.cosignedAtMillis);
    if (checkpoint === undefined) {
      throw new CommandError(
        `the witness ${escapeForTerminal(witness.name)} has cosigned no checkpoint of the log`,
      );
    }
    found.push({ witness, checkpoint });
  }
  return found;
}

/** Returns what the JSON result says about the witnesses. */
export function toWitnessRows(witnessed: readonly Witnessed[]) {
  return witnessed.map(({ witness, checkpoint }) => ({
    name: witness.name,
    size: checkpoint.size,
    cosignedAt: new Date(checkpoint.cosignedAtMillis).toISOString(),
  }));
}

/** Returns one line for each witness. */
export function describeWitnesses(witnessed: readonly Witnessed[]): string[] {
  return toWitnessRows(witnessed).map(
    ({ name, size, cosignedAt }) =>
      `The log continues the checkpoint that ${name} cosigned at ${cosignedAt}, which had ${formatCount(size, 'entry', 'entries')}.`,
  );
}
