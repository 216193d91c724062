// Builds the next batch: which leaves are new, and where each organization's log continues. Writes nothing.

import { toHex } from '../values/bytes.ts';
import { omitUndefined } from '../values/json.ts';
import type { BatchLeaf, BatchPart } from './batch.ts';
import { decodeHead, type LogHead, treeOf } from './batch-record.ts';
import { isSameTree, openCheckpoint } from './checkpoint.ts';
import { toLeaf } from './leaf.ts';
import { LeafLocator } from './locate-leaf.ts';
import { logContradicted } from './log-error.ts';
import { batchRecordPrefix, checkpointKey, headKey } from './object-keys.ts';
import type { LogObjects } from './ports.ts';
import type { LeafSource } from './sealable.ts';
import type { NoteKey } from './signed-note.ts';
import { emptyEdge } from './tiles.ts';

/** What building a batch needs to know. */
export interface BatchContext {
  readonly objects: LogObjects;
  /** Returns the key that signs the checkpoints of an organization's log. */
  readonly noteKeyOf: (organizationId: string) => NoteKey;
  /** The number of the last decided batch. 0 before the first one. */
  readonly lastNumber: number;
}

/** The parts of a batch, and how many leaves it left out because they are sealed already. */
export interface BuiltBatch {
  readonly parts: readonly BatchPart[];
  readonly duplicates: number;
}

/** Returns the parts of a batch. Fails with LOG_CONTRADICTED if a log does not continue where the sequencer left it. */
export async function buildBatch(sources: readonly LeafSource[], context: BatchContext): Promise<BuiltBatch> {
  const byOrganization = Map.groupBy(sources, ({ organizationId }) => organizationId);
  const parts: BatchPart[] = [];
  let duplicates = 0;
  for (const [organizationId, own] of byOrganization) {
    const head = await readCheckedHead(organizationId, context);
    const candidates = toUniqueLeaves(own);
    const leaves = await withoutSealed(candidates, organizationId, head, context.objects);
    duplicates += own.length - leaves.length;
    if (leaves.length > 0) parts.push({ organizationId, edge: { ...(head?.edge ?? noEdge) }, leaves });
  }
  return { parts, duplicates };
}

const noEdge = { size: emptyEdge.size, hashes: [] };

/** Returns each leaf once: entries by recording time, then evidence in the order of the stream. */
function toUniqueLeaves(sources: readonly LeafSource[]): BatchLeaf[] {
  const leaves = new Map<string, BatchLeaf>();
  for (const source of sources) {
    const { nonce, text, expiresAt, recordedAtMillis, entryId } = source;
    const leaf = toLeaf(source);
    const content = omitUndefined({ nonce, text, expiresAt });
    leaves.set(toHex(leaf), omitUndefined({ leaf, at: recordedAtMillis, id: entryId, content }) as BatchLeaf);
  }
  return [...leaves.values()].sort(
    (one, other) => (one.at ?? Number.POSITIVE_INFINITY) - (other.at ?? Number.POSITIVE_INFINITY) || 0,
  );
}

/** Leaves out what is sealed already: resent records, restored entries, entries that a scan finds. */
async function withoutSealed(
  leaves: readonly BatchLeaf[],
  organizationId: string,
  head: LogHead | undefined,
  objects: LogObjects,
): Promise<BatchLeaf[]> {
  if (head === undefined) return [...leaves];
  const locator = new LeafLocator(objects, organizationId, head.edge.size);
  const open: BatchLeaf[] = [];
  for (const candidate of leaves) {
    const { leaf, at } = candidate;
    const canBeSealed = at !== undefined && at <= head.highestMillis;
    if (!canBeSealed || (await locator.find(leaf, at)) === undefined) open.push(candidate);
  }
  return open;
}

/**
 * Returns the head of a log, or `undefined` if the log is empty. Fails with LOG_CONTRADICTED if the head does not match
 * the published checkpoint, or if the bucket has batches that the sequencer does not know: after a restore of either,
 * or when two stages share a bucket. Signing on would fork the log.
 */
async function readCheckedHead(
  organizationId: string,
  { objects, noteKeyOf, lastNumber }: BatchContext,
): Promise<LogHead | undefined> {
  const key = headKey(organizationId);
  const [object, published] = await Promise.all([
    objects.get(key),
    objects.get(checkpointKey(organizationId)),
  ]);
  const noteKey = noteKeyOf(organizationId);
  const head = object === undefined ? undefined : await decodeHead(object.bytes, key, noteKey);
  if (head !== undefined && head.number > lastNumber) {
    throw logContradicted(
      `the log of ${organizationId} has batch ${head.number}, the sequencer is at ${lastNumber}`,
    );
  }
  const note = published === undefined ? undefined : new TextDecoder().decode(published.bytes);
  const checkpoint = note === undefined ? undefined : await openCheckpoint(note, noteKey);
  if (note !== undefined && checkpoint === undefined) {
    throw logContradicted(`the checkpoint of ${organizationId} is not signed by the log's key`);
  }
  const isConsistent =
    head === undefined || checkpoint === undefined
      ? head === undefined && checkpoint === undefined
      : isSameTree(checkpoint, treeOf(head.edge));
  if (!isConsistent)
    throw logContradicted(`the checkpoint of ${organizationId} does not match the head of its log`);
  const later = await objects.list(batchRecordPrefix(organizationId), head?.recordKey);
  if (later.keys.length > 0) throw logContradicted(`the log of ${organizationId} has batches after its head`);
  return head;
}
