// The content of an evidence file: entries with their proofs, and everything that verifies them without the API. Also
// runs in browsers.
import * as z from 'zod/mini';
import { logEntrySchema } from '../entry/entry-schemas.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { proofSchema } from './proof.ts';
import { type NoteKey, readVerifierKey } from './signed-note.ts';
import { continues, verifyProof } from './verify-proof.ts';

const recordSchema = z.object({
  /** The entry as the API returned it. */
  entry: z.looseObject({ id: z.string() }),
  proof: proofSchema,
});

/** Format 1 of the package. */
export const evidencePackageSchema = z.object({
  format: z.literal(1),
  /** When the file was created, in RFC 3339. */
  createdAt: z.string(),
  /** The verifier key of the log. */
  key: z.string(),
  /** The signed checkpoint of the longest log that a proof is for. */
  checkpoint: z.string(),
  /** For each shorter log that a proof is for: the proof that the checkpoint continues it. */
  consistency: z.array(z.object({ checkpoint: z.string(), hashes: z.array(z.string()) })),
  records: z.array(recordSchema),
});

export type EvidencePackage = z.infer<typeof evidencePackageSchema>;
export type EvidenceRecord = EvidencePackage['records'][number];

/** An entry of the package that does not verify. `reason` is a sentence without a period. */
export interface EvidenceFailure {
  readonly id: string;
  readonly reason: string;
}

/** The result of verifying a package. */
export type EvidenceVerdict =
  /** `reason`: why nothing in the package can be trusted, a sentence without a period. */
  | { readonly isReadable: false; readonly reason: string }
  | {
      readonly isReadable: true;
      /** The origin of the log. */
      readonly log: string;
      readonly size: number;
      readonly verified: number;
      readonly failures: readonly EvidenceFailure[];
    };

/**
 * Verifies every entry of the package: that it is in the log of its checkpoint, exactly as it is in the package, and that
 * the log of the package's checkpoint continues that log. Trusts nothing but the key, which the reader has to compare with
 * a copy from somewhere else. `onProgress` receives the number of entries that are done.
 */
export async function verifyEvidence(
  content: EvidencePackage,
  onProgress: (count: number) => void = () => {},
): Promise<EvidenceVerdict> {
  const key = readVerifierKey(content.key);
  if (key === undefined) return { isReadable: false, reason: 'the key is malformed' };
  const checkpoint = await openCheckpoint(content.checkpoint, key);
  if (checkpoint === undefined) return { isReadable: false, reason: 'the key did not sign the checkpoint' };
  const continued = await findContinued(content, checkpoint, key);
  const failures: EvidenceFailure[] = [];
  for (const [position, record] of content.records.entries()) {
    const reason = await findFailure(record, key, continued);
    if (reason !== undefined) failures.push({ id: record.entry.id, reason });
    onProgress(position + 1);
  }
  const verified = content.records.length - failures.length;
  return { isReadable: true, log: checkpoint.origin, size: checkpoint.size, verified, failures };
}

/** Returns the signed checkpoints whose logs the log of the package's checkpoint continues, itself included. */
async function findContinued(
  { checkpoint: note, consistency }: EvidencePackage,
  checkpoint: Checkpoint,
  key: NoteKey,
): Promise<ReadonlySet<string>> {
  const continued = new Set([note]);
  for (const { checkpoint: earlierNote, hashes } of consistency) {
    const earlier = await openCheckpoint(earlierNote, key);
    if (earlier === undefined) continue;
    const proof = { from: earlier.size, to: checkpoint.size, hashes };
    if (continues(earlier, checkpoint, proof)) continued.add(earlierNote);
  }
  return continued;
}

async function findFailure(
  { entry, proof }: EvidenceRecord,
  key: NoteKey,
  continued: ReadonlySet<string>,
): Promise<string | undefined> {
  const stored = logEntrySchema.safeParse(entry);
  if (!stored.success) return 'the entry has values that this release does not support';
  if (!key.name.endsWith(`/${stored.data.organizationId}`))
    return 'the entry belongs to another organization';
  const verdict = await verifyProof(proof, stored.data, key);
  if (!verdict.isValid) return verdict.reason;
  return continued.has(proof.checkpoint)
    ? undefined
    : 'the log of the checkpoint does not continue that of the proof';
}
