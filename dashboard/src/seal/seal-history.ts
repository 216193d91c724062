// Compares the sealed log with the checkpoint that this browser remembers, and remembers the new one.
import { ApiError, type Entry, type RequestLogsClient } from '../../../client/client.ts';
import { type Checkpoint, openCheckpoint } from '../../../core/log/checkpoint.ts';
import type { Proof } from '../../../core/log/proof.ts';
import type { NoteKey } from '../../../core/log/signed-note.ts';
import { continues } from '../../../core/log/verify-proof.ts';
import { toBase64 } from '../../../core/values/bytes.ts';
import type { SealMemories, SealMemory } from './seal-memory.ts';
import { SealFailure, tampering } from './seal-steps.ts';

/** What comparing histories uses. */
export interface HistoryContext {
  readonly client: Pick<RequestLogsClient, 'getConsistency'>;
  readonly memories: SealMemories;
  readonly signal?: AbortSignal | undefined;
}

/** The key of a log. */
export interface LogKey {
  /** The verifier key. */
  readonly text: string;
  readonly note: NoteKey;
}

/** A proof whose signature and inclusion are verified. */
export interface VerifiedProof {
  readonly entry: Entry;
  readonly proof: Proof;
  readonly checkpoint: Checkpoint;
  readonly key: LogKey;
  readonly memory: SealMemory | undefined;
}

/**
 * Requires that the log continues the remembered checkpoint, and remembers the new one. Returns what was found. Fails with
 * SealFailure.
 */
export async function requireHistory(
  { entry: { organizationId }, proof, checkpoint, key, memory }: VerifiedProof,
  context: HistoryContext,
): Promise<string> {
  const { memories } = context;
  const next = { key: key.text, checkpoint: proof.checkpoint };
  if (memory === undefined) {
    return memories.remember(organizationId, next) ? firstCheckpoint : cannotRemember;
  }
  const earlier = await openCheckpoint(memory.checkpoint, key.note);
  if (earlier === undefined) {
    throw new SealFailure('history', rewritten, 'The remembered checkpoint is not signed with the key.');
  }
  await requireContinuous(earlier, checkpoint, context);
  // Another tab might have remembered a longer log meanwhile.
  const latest = memories.recall(organizationId);
  const isLatest = latest !== 'unreadable' && latest?.checkpoint === memory.checkpoint;
  if (isLatest && checkpoint.size > earlier.size) memories.remember(organizationId, next);
  return describeHistory(earlier.size, checkpoint.size);
}

const rewritten = 'The history of the sealed log was rewritten';

const firstCheckpoint =
  'This browser sees the log for the first time. It stored this checkpoint, and every later one must continue it.';

const cannotRemember =
  'This browser blocks storage, so it cannot detect whether the log is rewritten between two visits.';

function describeHistory(before: number, now: number): string {
  const leaves = (size: number) => size.toLocaleString('en');
  if (now > before)
    return `The log continues the checkpoint of ${leaves(before)} leaves from an earlier visit.`;
  if (now === before) return 'The log has not changed since the last visit.';
  return `The proof is for the first ${leaves(now)} of the ${leaves(before)} leaves that this browser has seen.`;
}

/** Requires that the shorter of both logs is the start of the longer one. */
async function requireContinuous(
  remembered: Checkpoint,
  current: Checkpoint,
  { client, signal }: HistoryContext,
): Promise<void> {
  const [shorter, longer] = remembered.size <= current.size ? [remembered, current] : [current, remembered];
  const [from, to] = [shorter.size, longer.size];
  let hashes: readonly string[] = [];
  if (from < to) {
    try {
      ({ hashes } = await client.getConsistency({ from, to }, { signal }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400) throw error;
      throw new SealFailure(
        'history',
        'Entries were removed from the sealed log',
        `The log has ${from.toLocaleString('en')} leaves. At an earlier visit, this browser saw ${to.toLocaleString('en')}. ${tampering}`,
      );
    }
  }
  if (Array.isArray(hashes) && continues(shorter, longer, { from, to, hashes })) return;
  throw new SealFailure(
    'history',
    rewritten,
    `The log no longer contains the ${remembered.size.toLocaleString('en')} leaves (root ${toBase64(remembered.root)}) that this browser saw at an earlier visit. ${tampering}`,
  );
}
