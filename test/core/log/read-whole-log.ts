// Reads a log as a stranger would, from its objects alone, and compares every tile with a tree computed by brute force.
import { type Checkpoint, openCheckpoint } from '../../../core/log/checkpoint.ts';
import type { NoteKey } from '../../../core/log/signed-note.ts';
import { rootOfLeaves } from './brute-force-tree.ts';
import type { MemoryLogObjects } from './memory-log.ts';

export interface WholeLog {
  readonly leaves: readonly Uint8Array[];
  readonly problems: readonly string[];
  /** Whether the checkpoint states the start of this log. */
  readonly isPrefix: (checkpoint: Checkpoint) => boolean;
}

export async function readWholeLog(
  objects: MemoryLogObjects,
  organizationId: string,
  key: NoteKey,
): Promise<WholeLog> {
  const problems: string[] = [];
  const prefix = `logs/${organizationId}/`;
  const note = objects.objects.get(`${prefix}checkpoint`);
  if (note === undefined) return { leaves: [], problems, isPrefix: () => false };
  const checkpoint = await openCheckpoint(Buffer.from(note).toString(), key);
  if (checkpoint === undefined)
    return { leaves: [], problems: ['unsigned checkpoint'], isPrefix: () => false };
  const { size } = checkpoint;

  const read = (path: string, width: number) => {
    const partial = width < 256 ? objects.objects.get(`${prefix}${path}.p/${width}`) : undefined;
    const bytes = partial ?? objects.objects.get(prefix + path);
    if (bytes === undefined) problems.push(`${path} (${width}) is missing`);
    return Buffer.from(bytes ?? []);
  };
  const pathOf = (index: number) =>
    String(index).length > 3
      ? `x${String(Math.floor(index / 1000)).padStart(3, '0')}/${pad(index % 1000)}`
      : pad(index);

  const leaves: Uint8Array[] = [];
  for (let index = 0; index * 256 < size; index++) {
    const width = Math.min(256, size - index * 256);
    const bundle = read(`tile/entries/${pathOf(index)}`, width);
    for (let offset = 0, at = 0; at < width && offset < bundle.length; at++) {
      const length = bundle.readUInt16BE(offset);
      leaves.push(bundle.subarray(offset + 2, offset + 2 + length));
      offset += 2 + length;
    }
  }
  const roots = new Map<string, Uint8Array>();
  const rootOf = (from: number, to: number) => {
    const name = `${from}-${to}`;
    const root = roots.get(name) ?? rootOfLeaves(leaves.slice(from, to));
    roots.set(name, root);
    return root;
  };
  for (let level = 0; 256 ** level <= size; level++) {
    const span = 256 ** level;
    const hashes = Math.floor(size / span);
    for (let index = 0; index * 256 < hashes; index++) {
      const width = Math.min(256, hashes - index * 256);
      const tile = read(`tile/${level}/${pathOf(index)}`, width);
      for (let at = 0; at < width; at++) {
        const from = (index * 256 + at) * span;
        if (!tile.subarray(at * 32, at * 32 + 32).equals(rootOf(from, from + span))) {
          problems.push(`tile ${level}/${index} of ${organizationId} is wrong at ${at}`);
          break;
        }
      }
    }
  }
  if (!Buffer.from(checkpoint.root).equals(rootOf(0, size)))
    problems.push(`the root of ${organizationId} is wrong`);
  const isPrefix = (other: Checkpoint) =>
    other.size <= leaves.length && Buffer.from(other.root).equals(rootOf(0, other.size));
  return { leaves, problems, isPrefix };
}

function pad(number: number): string {
  return String(number).padStart(3, '0');
}
