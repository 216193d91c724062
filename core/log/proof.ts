// Proofs that an entry is in the sealed log: what the API returns, and the same as a text that other tools verify
// (https://c2sp.org/tlog-proof).
import * as z from 'zod/mini';
import { toBase64, toUtf8 } from '../values/bytes.ts';
import { count, type ReadonlyDeep, text, time } from '../values/documented-schema.ts';

const hash = 'SHA-256 hash, base64.';

/** A proof for one entry. */
export const proofSchema = z
  .object({
    committed: text(
      'The text that the leaf commits to: canonical JSON (RFC 8785) of the stored fields of the entry. States that are ' +
        'stored outside the item are replaced with `statesObject`; `contentHash` covers them.',
    ),
    nonce: text(
      'The random bytes that hide the text, base64. Empty for entries of releases without a nonce.',
    ),
    leaf: text(
      'The leaf, base64: version (1 byte), kind (1 byte, 1 for an entry), day of expiry since 1970 (4 bytes, big ' +
        'endian, 0 for never), and SHA-256 of the nonce followed by the text.',
    ),
    index: count('Index of the leaf in the log of the organization.'),
    treeSize: count('Number of leaves in the log that the checkpoint describes.'),
    hashes: z.array(text(hash)).check(
      z.meta({
        description: 'The inclusion proof (RFC 6962, section 2.1.1), from the sibling of the leaf upward.',
      }),
    ),
    checkpoint: text('The signed checkpoint of the log (https://c2sp.org/tlog-checkpoint).'),
    sealedAt: time('When the entry was sealed.'),
  })
  .check(
    z.meta({
      description: 'Proves that an entry is in the sealed log of the organization, and unchanged since then.',
    }),
  );

export type Proof = ReadonlyDeep<z.infer<typeof proofSchema>>;

/** A proof that one checkpoint continues another. */
export const consistencySchema = z
  .object({
    from: count('Number of leaves in the earlier log.'),
    to: count('Number of leaves in the later log.'),
    hashes: z
      .array(text(hash))
      .check(z.meta({ description: 'The consistency proof (RFC 6962, section 2.1.2).' })),
  })
  .check(
    z.meta({ description: 'Proves that the later log starts with all leaves of the earlier one, in order.' }),
  );

export type ConsistencyProof = ReadonlyDeep<z.infer<typeof consistencySchema>>;

/** Leaves of a log, in order. */
export const leavesSchema = z
  .object({
    from: count('Index of the first leaf.'),
    leaves: z
      .array(text('A leaf, base64: see `leaf` of a proof.'))
      .check(z.maxLength(1024), z.meta({ description: 'The leaves. Empty at the end of the log.' })),
    treeSize: count('Number of leaves in the log.'),
  })
  .check(z.meta({ description: 'Leaves of the sealed log, in order.' }));

export type Leaves = ReadonlyDeep<z.infer<typeof leavesSchema>>;

/** The witnesses of a log. */
export const witnessesSchema = z
  .object({
    witnesses: z
      .array(
        z.object({
          key: text(
            'The verifier key of the witness (https://c2sp.org/tlog-cosignature). To rely on the witness, get its key from ' +
              'its operator and compare: whoever forges a log can also list witnesses.',
          ),
          checkpoint: z.nullable(
            text(
              'The latest checkpoint that the witness cosigned, with the signature of the log and its cosignature. ' +
                '`null` if it has cosigned none.',
            ),
          ),
        }),
      )
      .check(z.meta({ description: 'The configured witnesses. Empty if there are none.' })),
  })
  .check(z.meta({ description: 'The witnesses that cosign the checkpoints of the sealed log.' }));

export type Witnesses = ReadonlyDeep<z.infer<typeof witnessesSchema>>;

/** Returns the proof as text. The extra data is JSON with the nonce and the text that the leaf commits to. */
export function toProofText({ committed, nonce, index, hashes, checkpoint }: Proof): string {
  const extra = toBase64(toUtf8(JSON.stringify({ nonce, committed })));
  return ['c2sp.org/tlog-proof@v1', `extra ${extra}`, `index ${index}`, ...hashes, '', checkpoint].join('\n');
}
