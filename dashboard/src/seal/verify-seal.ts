// Verifies the entry on the screen against the sealed log, down to the signature, and the log against what this browser
// remembers of it. Trusts nothing that the API returns. Loaded with the first entry.
import { ApiError, type Entry, type RequestLogsClient } from '../../../client/client.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import type { Checkpoint } from '../../../core/log/checkpoint.ts';
import type { Proof } from '../../../core/log/proof.ts';
import { type NoteKey, readVerifierKey, supportsEd25519 } from '../../../core/log/signed-note.ts';
import {
  type ProofStep,
  type ProofVerdict,
  proofSteps,
  verifyProof,
} from '../../../core/log/verify-proof.ts';
import { type HistoryContext, type LogKey, requireHistory } from './seal-history.ts';
import type { SealMemory } from './seal-memory.ts';
import { type PassedSteps, SealFailure, tampering, toSteps } from './seal-steps.ts';
import type { SealVerdict } from './seal-verdict.ts';

/** What the verification uses. */
export interface SealContext extends HistoryContext {
  readonly client: Pick<RequestLogsClient, 'getLogKey' | 'getProof' | 'getConsistency'>;
  /** The organization in the user's token. `undefined` if the token names it differently. */
  readonly organizationId: string | undefined;
  /** The time according to the server's clock, in epoch milliseconds. */
  readonly now: () => number;
  /** A key that the user accepted in place of the remembered one. */
  readonly acceptedKey?: string | undefined;
}

/** An entry that was recorded this long ago must be sealed. */
const sealedWithinMillis = 15 * 60_000;

/**
 * Verifies the entry that is shown under `entryId`. Rejects with ApiError or a network failure if the API does not
 * answer; whatever it answers, the verdict is `verified` only if every step passed.
 */
export async function verifySeal(entry: Entry, entryId: string, context: SealContext): Promise<SealVerdict> {
  if (!(await supportsEd25519())) return { status: 'unsupported', advice: unsupportedAdvice() };
  const passed = new Map() as PassedSteps;
  try {
    requireRightEntry(entry, entryId, context.organizationId);
    const { key, memory } = await readKey(entry, context, passed);
    const proof = await readProof(entry, context);
    if (proof === undefined) return { status: 'waiting' };
    const checkpoint = await requireProof(proof, entry, key.note, passed);
    passed.set('history', await requireHistory({ entry, proof, checkpoint, key, memory }, context));
    return { status: 'verified', index: proof.index, sealedAt: proof.sealedAt, steps: toSteps(passed) };
  } catch (error) {
    if (!(error instanceof SealFailure)) throw error;
    const { title, message, newKey } = error;
    return { status: 'failed', title, advice: message, steps: toSteps(passed, error), newKey };
  }
}

function unsupportedAdvice(): string {
  return globalThis.isSecureContext
    ? 'This browser does not support Ed25519 signatures. Use a current version of Chrome, Edge, Firefox, or Safari, or run request-logs verify.'
    : 'Browsers verify signatures only on pages that are loaded over HTTPS. Open this page over HTTPS, or run request-logs verify.';
}

const wrongEntry = 'This entry is not what was sealed';

/** An API that lies about the ID or the organization could show a genuine entry that is not the one asked for. */
function requireRightEntry(entry: Entry, entryId: string, organizationId: string | undefined): void {
  if (entry.id !== entryId) {
    throw new SealFailure('entry', wrongEntry, 'The API returned an entry with a different ID.');
  }
  if (organizationId !== undefined && entry.organizationId !== organizationId) {
    throw new SealFailure('entry', wrongEntry, 'The API returned an entry of a different organization.');
  }
}

/** Returns the key of the organization's log, which must be the one that the browser remembers. */
async function readKey(
  { organizationId }: Entry,
  { client, memories, acceptedKey, signal }: SealContext,
  passed: PassedSteps,
): Promise<{ readonly key: LogKey; readonly memory: SealMemory | undefined }> {
  const text = await client.getLogKey({ signal });
  const note = readVerifierKey(text);
  if (note === undefined || !note.name.endsWith(`/${organizationId}`)) {
    throw new SealFailure(
      'key',
      'The sealed log has no valid key',
      'The API returned a key that is malformed or belongs to the log of a different organization.',
    );
  }
  const memory = memories.recall(organizationId);
  if (memory === 'unreadable') {
    throw new SealFailure(
      'key',
      'This browser cannot read its stored checkpoint of the log',
      'The stored key and checkpoint are damaged, so this browser cannot detect a rewritten log. To start over, delete the site data of this page.',
    );
  }
  const isNew = memory !== undefined && memory.key !== text;
  if (isNew && acceptedKey !== text) {
    throw new SealFailure(
      'key',
      'The key of the sealed log changed',
      `This browser knows the key ${memory.key}. The log is now signed with ${text}. Unless your administrator replaced the key, someone might have forged the log.`,
      text,
    );
  }
  passed.set(
    'key',
    isNew
      ? `You accepted the new key ${text}.`
      : memory === undefined
        ? `This browser sees the key for the first time: ${text}. Compare it with a copy from your administrator.`
        : `This browser has seen this key before: ${text}.`,
  );
  return { key: { text, note }, memory: isNew ? undefined : memory };
}

/** Returns the proof, or `undefined` while the entry waits to be sealed. */
async function readProof(entry: Entry, { client, now, signal }: SealContext): Promise<Proof | undefined> {
  let answer: unknown;
  try {
    answer = await client.getProof(entry.id, { signal });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NOT_SEALED') throw error;
    if (Date.parse(entry.recordedAt) > now() - sealedWithinMillis) return undefined;
    throw new SealFailure(
      'inclusion',
      'This entry is not in the sealed log',
      'It was recorded more than 15 minutes ago and must be sealed by now. Either sealing is stalled, or the entry is not the one that was recorded.',
    );
  }
  if (isProof(answer)) return answer;
  throw new SealFailure(
    'inclusion',
    'The proof is malformed',
    'The API returned a proof that cannot be read.',
  );
}

/** Checks the types only: every value is verified afterward. A schema would be loaded with the page's first paint. */
function isProof(answer: unknown): answer is Proof {
  const { committed, nonce, leaf, index, treeSize, hashes, checkpoint, sealedAt } = (answer ?? {}) as Proof;
  const texts: readonly unknown[] = [committed, nonce, leaf, checkpoint, sealedAt];
  return (
    [...texts, ...(Array.isArray(hashes) ? hashes : [undefined])].every((one) => typeof one === 'string') &&
    Number.isSafeInteger(index) &&
    Number.isSafeInteger(treeSize)
  );
}

const failureTitles: Readonly<Record<ProofStep, string>> = {
  entry: wrongEntry,
  commitment: wrongEntry,
  signature: 'The sealed log is not signed with its key',
  inclusion: 'This entry is not in the sealed log',
};

/** Only values of the wrong type make the verification throw. */
const malformedEntry: ProofVerdict = {
  isValid: false,
  step: 'entry',
  reason: 'the API returned an entry or a proof that cannot be read',
};

async function requireProof(
  proof: Proof,
  entry: Entry,
  key: NoteKey,
  passed: PassedSteps,
): Promise<Checkpoint> {
  const verdict = await verifyProof(proof, entry as LogEntry, key).catch((): ProofVerdict => malformedEntry);
  const details: Readonly<Record<ProofStep, string>> = {
    entry: `The entry on the screen matches the sealed text of ${proof.committed.length.toLocaleString('en')} characters.${entry.disputes === undefined ? '' : ' Disputes are not part of it.'}`,
    commitment: `The leaf ${proof.leaf} contains the SHA-256 hash of that text and its nonce.`,
    signature: `The key signed the checkpoint of ${proof.treeSize.toLocaleString('en')} leaves.`,
    inclusion: `The leaf has index ${proof.index.toLocaleString('en')}. With ${proof.hashes.length} other hashes, it produces the root of the checkpoint.`,
  };
  for (const step of proofSteps) {
    if (!verdict.isValid && step === verdict.step) {
      throw new SealFailure(step, failureTitles[step], `${toSentence(verdict.reason)} ${tampering}`);
    }
    passed.set(step, details[step]);
  }
  if (!verdict.isValid) throw new Error('the verdict names an unknown step');
  return verdict.checkpoint;
}

function toSentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
