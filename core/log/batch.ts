// The batch: what one step of the sealer appends to the logs. It is staged as an object, and the sequencer item then
// decides it by its hash. Everything that is published follows from it and from what was published before.
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod/mini';
import { fromBase64, fromUtf8, toBase64, toHex, toUtf8 } from '../values/bytes.ts';
import { logContradicted } from './log-error.ts';

const bytesField = z.pipe(
  z.string(),
  z.transform((text: string, context) => {
    const bytes = fromBase64(text);
    if (bytes !== undefined) return bytes;
    context.issues.push({ code: 'custom', message: 'must be base64', input: text });
    return z.NEVER;
  }),
);

/** The size of a tree and the hashes of its perfect subtrees. */
export const edgeSchema = z.object({ size: z.number(), hashes: z.array(bytesField) });

/** What a leaf commits to. The archive and the evidence are written from it, so that they need not read the table. */
const contentSchema = z.object({
  nonce: bytesField,
  text: z.string(),
  /** When the item expires, in epoch seconds. Absent if it is kept forever. */
  expiresAt: z.optional(z.number()),
});

const partSchema = z.object({
  organizationId: z.string(),
  /** The tree before the batch. */
  edge: edgeSchema,
  leaves: z.array(
    z.object({
      leaf: bytesField,
      /** The recording time of an entry. Absent for evidence, which is not looked up by time. */
      at: z.optional(z.number()),
      /** The ID of an entry. Absent for disputes and evidence. */
      id: z.optional(z.string()),
      content: contentSchema,
    }),
  ),
});

const batchSchema = z.object({
  format: z.literal(1),
  number: z.number(),
  /** The SHA-256 of the batch before, in hexadecimal. Absent in the first batch. */
  previous: z.optional(z.string()),
  decidedAtMillis: z.number(),
  parts: z.array(partSchema),
});

/** The leaves that a batch appends to the log of one organization, in order. */
export type BatchPart = z.infer<typeof partSchema>;
export type BatchLeaf = BatchPart['leaves'][number];
export type Batch = z.infer<typeof batchSchema>;

/** Returns the JSON of a value with `Uint8Array` members in base64. */
export function encodeJson(value: unknown): Uint8Array<ArrayBuffer> {
  return toUtf8(
    JSON.stringify(value, (_, member: unknown) => (member instanceof Uint8Array ? toBase64(member) : member)),
  );
}

/** Returns the value that the bytes contain. Fails with LOG_CONTRADICTED and the name of the object otherwise. */
export function decodeJson<T>(schema: z.ZodMiniType<T>, bytes: Uint8Array, name: string): T {
  try {
    return schema.parse(JSON.parse(fromUtf8(bytes)));
  } catch (error) {
    throw logContradicted(`the object ${name} is malformed`, error);
  }
}

/** Returns the bytes of a batch and their SHA-256 in hexadecimal. */
export function encodeBatch(batch: Batch): { readonly bytes: Uint8Array; readonly sha256: string } {
  const bytes = encodeJson(batch);
  return { bytes, sha256: toHex(sha256(bytes)) };
}

/** Returns the batch. Fails with LOG_CONTRADICTED if the bytes are not those that were decided. */
export function decodeBatch(bytes: Uint8Array, decidedSha256: string, key: string): Batch {
  if (toHex(sha256(bytes)) !== decidedSha256)
    throw logContradicted(`the object ${key} is not what was decided`);
  return decodeJson(batchSchema, bytes, key);
}
