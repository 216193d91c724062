// What the bucket keeps of each batch for an organization, and the head that the next batch continues from.
import * as z from 'zod/mini';
import { type Batch, type BatchPart, decodeJson, edgeSchema } from './batch.ts';
import type { Checkpoint } from './checkpoint.ts';
import { isSameTree, openCheckpoint } from './checkpoint.ts';
import { logContradicted } from './log-error.ts';
import { batchRecordKey, maxClockSkewMillis } from './object-keys.ts';
import type { NoteKey } from './signed-note.ts';
import { isEdge, rootOf, type TreeEdge, tileWidth } from './tiles.ts';

const recordSchema = z.object({
  format: z.literal(1),
  number: z.number(),
  /** The index of the batch's first leaf. */
  first: z.number(),
  size: z.number(),
  decidedAtMillis: z.number(),
  /** The recording times of the batch's entries in each entry bundle: index of the bundle, earliest, latest. */
  bundles: z.array(z.tuple([z.number(), z.number(), z.number()])),
  /** The signed checkpoint of the log with the batch. */
  checkpoint: z.string(),
});

const headSchema = z.object({
  format: z.literal(1),
  number: z.number(),
  edge: edgeSchema,
  /** The latest recording time of all sealed entries. An entry recorded later cannot be sealed yet. */
  highestMillis: z.number(),
  recordKey: z.string(),
  checkpoint: z.string(),
});

/** The record of one batch. It never changes. */
export type BatchRecord = z.infer<typeof recordSchema>;
/** The state of a log after its last batch. */
export type LogHead = z.infer<typeof headSchema>;

/** Returns the batch record in an object. Fails with LOG_CONTRADICTED if it is malformed. */
export function decodeBatchRecord(bytes: Uint8Array, key: string): BatchRecord {
  return decodeJson(recordSchema, bytes, key);
}

/**
 * Returns the head in an object. Fails with LOG_CONTRADICTED if it is malformed or does not match the checkpoint that it
 * contains, which the key must have signed.
 */
export async function decodeHead(bytes: Uint8Array, key: string, noteKey: NoteKey): Promise<LogHead> {
  const head = decodeJson(headSchema, bytes, key);
  const signed = await openCheckpoint(head.checkpoint, noteKey);
  if (signed === undefined) throw logContradicted(`the checkpoint in ${key} is not signed by the log's key`);
  if (!isEdge(head.edge) || !isSameTree(signed, treeOf(head.edge))) {
    throw logContradicted(`the object ${key} does not match its checkpoint`);
  }
  return head;
}

/** Returns the size and root of a tree. */
export function treeOf(edge: TreeEdge): Omit<Checkpoint, 'origin'> {
  return { size: edge.size, root: rootOf(edge) };
}

/** Returns the key and the content of the record of a batch. */
export function toBatchRecord(
  { number, decidedAtMillis }: Pick<Batch, 'number' | 'decidedAtMillis'>,
  { organizationId, edge, leaves }: BatchPart,
  checkpoint: string,
): { readonly key: string; readonly record: BatchRecord } {
  const bundles = new Map<number, [number, number, number]>();
  for (const [offset, { at }] of leaves.entries()) {
    if (at === undefined) continue;
    const index = Math.floor((edge.size + offset) / tileWidth);
    const [, lowest, highest] = bundles.get(index) ?? [index, at, at];
    bundles.set(index, [index, Math.min(lowest, at), Math.max(highest, at)]);
  }
  const spans = [...bundles.values()];
  const size = edge.size + leaves.length;
  const key = batchRecordKey(organizationId, {
    decidedAtMillis,
    size,
    lowestMillis: Math.min(...spans.map(([, lowest]) => lowest), decidedAtMillis),
    highestMillis: Math.max(...spans.map(([, , highest]) => highest), 0),
  });
  const record = {
    format: 1,
    number,
    first: edge.size,
    size,
    decidedAtMillis,
    bundles: spans,
    checkpoint,
  } as const;
  return { key, record };
}

/** Returns the latest recording time of a log with these leaves. A clock that is too far ahead does not count. */
export function highestTime(before: number, decidedAtMillis: number, leaves: BatchPart['leaves']): number {
  const limit = decidedAtMillis + maxClockSkewMillis;
  return leaves.reduce((highest, { at = 0 }) => Math.max(highest, Math.min(at, limit)), before);
}
