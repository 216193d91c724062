// Checkpoints: the signed size and root of a log. https://c2sp.org/tlog-checkpoint. Also runs in browsers.
import { equalBytes, fromBase64, toBase64 } from '../values/bytes.ts';
import { hashBytes, type TreeHash } from './merkle-tree.ts';
import { type NoteKey, openNote } from './signed-note.ts';

/** What a checkpoint states. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: TreeHash;
}

/** The stack that a log belongs to. */
export interface LogIdentity {
  readonly stage: string;
  readonly account: string;
  readonly region: string;
}

/** Returns the origin of an organization's log, which is also the name of the key that signs its checkpoints. */
export function originOf({ stage, account, region }: LogIdentity, organizationId: string): string {
  return `request-logs.mayaops/${account}/${region}/${stage}/${organizationId}`;
}

/** Returns the text to sign. */
export function toCheckpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Returns the checkpoint in a note's text, or `undefined` if it is malformed. Extension lines are ignored. */
export function readCheckpointText(text: string): Checkpoint | undefined {
  const [, origin = '', digits = '', encoded = ''] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n(?:[^\n]+\n)*$/.exec(text) ?? [];
  const root = fromBase64(encoded);
  const size = Number(digits);
  if (root?.length !== hashBytes || !Number.isSafeInteger(size)) return undefined;
  return { origin, size, root };
}

/** Returns the checkpoint of a note that the key signed for the log of its name, or `undefined`. */
export async function openCheckpoint(note: string, key: NoteKey): Promise<Checkpoint | undefined> {
  const text = await openNote(note, key);
  const checkpoint = text === undefined ? undefined : readCheckpointText(text);
  return checkpoint?.origin === key.name ? checkpoint : undefined;
}

/** Whether both checkpoints state the same tree. */
export function isSameTree(one: Omit<Checkpoint, 'origin'>, other: Omit<Checkpoint, 'origin'>): boolean {
  return one.size === other.size && equalBytes(one.root, other.root);
}
