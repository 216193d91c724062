// Verifies a proof from the entry as it is shown down to the signature. Trusts nothing but the key. Also runs in
// browsers.
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod/mini';
import { committedTextVersion, toCommittedText } from '../entry/committed-text.ts';
import { canonicalContent, contentOf } from '../entry/content.ts';
import type { LogEntry } from '../entry/entry.ts';
import { concatBytes, equalBytes, fromBase64, toHex, toUtf8 } from '../values/bytes.ts';
import { dayMillis } from '../values/timestamp.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { readLeaf } from './leaf.ts';
import { hashLeaf, type TreeHash, verifyConsistency, verifyInclusion } from './merkle-tree.ts';
import type { ConsistencyProof, Proof } from './proof.ts';
import type { NoteKey } from './signed-note.ts';

/** The steps of a verification, in the order in which they are checked. */
export const proofSteps = ['entry', 'commitment', 'signature', 'inclusion'] as const;
export type ProofStep = (typeof proofSteps)[number];

/** The result of verifying a proof. */
export type ProofVerdict =
  | { readonly isValid: true; readonly checkpoint: Checkpoint }
  /** `step` is the first step that failed, and `reason` says why in a sentence without a period. */
  | { readonly isValid: false; readonly step: ProofStep; readonly reason: string };

/** Verifies that this entry, exactly as it is shown, is in the log that the key signed. */
export async function verifyProof(proof: Proof, entry: LogEntry, key: NoteKey): Promise<ProofVerdict> {
  const leaf = fromBase64(proof.leaf);
  const wrongEntry = findWrongEntry(proof, entry, leaf);
  if (wrongEntry !== undefined) return failed('entry', wrongEntry);
  const nonce = fromBase64(proof.nonce);
  if (leaf === undefined || nonce === undefined)
    return failed('commitment', 'the leaf or the nonce is malformed');
  const commitment = sha256(concatBytes(nonce, toUtf8(proof.committed)));
  if (!equalBytes(commitment, leaf.subarray(6))) {
    return failed('commitment', 'the leaf does not commit to the text of the entry');
  }
  const checkpoint = await openCheckpoint(proof.checkpoint, key);
  if (checkpoint === undefined) return failed('signature', 'the key did not sign the checkpoint');
  const hashes = decodeHashes(proof.hashes);
  const isIncluded =
    hashes !== undefined &&
    checkpoint.size === proof.treeSize &&
    verifyInclusion(hashLeaf(leaf), proof.index, proof.treeSize, hashes, checkpoint.root);
  if (!isIncluded) return failed('inclusion', 'the leaf is not in the log of the checkpoint');
  return { isValid: true, checkpoint };
}

function failed(step: ProofStep, reason: string): ProofVerdict {
  return { isValid: false, step, reason };
}

const committedSchema = z.object({
  version: z.number(),
  kind: z.literal('entry'),
  entry: z.object({
    statesObject: z.optional(z.object({ sha256: z.string(), bytes: z.number() })),
  }),
});

/** Returns why the committed text is not that of the entry. */
function findWrongEntry(
  { committed }: Proof,
  entry: LogEntry,
  leaf: Uint8Array | undefined,
): string | undefined {
  const parsed = committedSchema.safeParse(parseJson(committed));
  if (!parsed.success) return 'the committed text is not that of an entry';
  if (parsed.data.version !== committedTextVersion) {
    return `the committed text has version ${parsed.data.version}, which this release does not support`;
  }
  const { statesObject } = parsed.data.entry;
  const states = statesObject === undefined ? entry : { statesObject };
  if (toCommittedText(entry, states) !== committed) return 'the entry is not the one that was sealed';
  if (toHex(sha256(toUtf8(canonicalContent(contentOf(entry))))) !== entry.contentHash) {
    return 'the entry does not match its content hash';
  }
  const header = leaf && readLeaf(leaf);
  const expiryDay =
    entry.expiresAt === undefined ? undefined : Math.floor((entry.expiresAt * 1000) / dayMillis);
  if (header?.kind !== 'entry') return 'the leaf is not that of an entry';
  return header.expiryDay === expiryDay ? undefined : 'the entry was sealed with another expiry';
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Whether the proof shows that the later checkpoint continues the earlier one. */
export function continues(
  earlier: Checkpoint,
  later: Checkpoint,
  { from, to, hashes }: ConsistencyProof,
): boolean {
  const decoded = decodeHashes(hashes);
  return (
    decoded !== undefined &&
    earlier.origin === later.origin &&
    earlier.size === from &&
    later.size === to &&
    verifyConsistency(from, to, decoded, earlier.root, later.root)
  );
}

function decodeHashes(hashes: readonly string[]): TreeHash[] | undefined {
  const decoded = hashes.map(fromBase64);
  return decoded.every((hash) => hash?.length === 32) ? (decoded as TreeHash[]) : undefined;
}
