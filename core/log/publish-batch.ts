// Publishes a decided batch: tiles and entry bundles, then the signed checkpoint, then the head. Everything follows from
// the batch and from what was published before it, so repeating any part of it changes nothing.
import { concatBytes, equalBytes, fromUtf8, toUtf8 } from '../values/bytes.ts';
import { dayMillis } from '../values/timestamp.ts';
import { type Batch, type BatchPart, encodeJson } from './batch.ts';
import {
  decodeBatchRecord,
  decodeHead,
  highestTime,
  type LogHead,
  toBatchRecord,
  treeOf,
} from './batch-record.ts';
import { type Checkpoint, isSameTree, openCheckpoint, toCheckpointText } from './checkpoint.ts';
import { isLogContradicted, logContradicted } from './log-error.ts';
import { appendToEdge, hashLeaf, perfectNodes } from './merkle-tree.ts';
import { checkpointKey, evidenceKey, headKey, logPrefix, tileKey } from './object-keys.ts';
import { toOrderObject } from './order-object.ts';
import type { CheckpointSigner, LogObjectOptions, LogObjects } from './ports.ts';
import { type NoteKey, signNote } from './signed-note.ts';
import { readTile } from './tile-reader.ts';
import {
  encodeBundle,
  growTree,
  newTiles,
  rootOf,
  type TileName,
  type TreeEdge,
  tilePath,
  tileWidth,
  widthAt,
} from './tiles.ts';

/** What publishing a batch needs. */
export interface PublishContext {
  readonly objects: LogObjects;
  readonly signer: CheckpointSigner;
  readonly noteKeyOf: (organizationId: string) => NoteKey;
  /** How long locked objects cannot be deleted. Absent: no lock. */
  readonly lockDays?: number | undefined;
  /** Whether the sequencer still has this batch as its last one. A sealer that was overtaken must not go on. */
  readonly isCurrent: () => Promise<boolean>;
}

/**
 * Publishes the batch, and returns whether it did: not if another sealer went on meanwhile. One organization's failure
 * does not keep the others from being published; the first failure is thrown in the end. Fails with LOG_CONTRADICTED if
 * what is published is not what the batch continues.
 */
export async function publishBatch(batch: Batch, context: PublishContext): Promise<boolean> {
  let failure: { readonly error: unknown } | undefined;
  for (const part of batch.parts) {
    try {
      await new PartPublisher(batch, part, context).publish();
    } catch (error) {
      if (isLogContradicted(error) && !(await context.isCurrent())) return false;
      failure ??= { error };
    }
  }
  if (failure !== undefined) throw failure.error;
  return true;
}

class PartPublisher {
  readonly #batch: Batch;
  readonly #part: BatchPart;
  readonly #context: PublishContext;
  readonly #objects: LogObjects;
  readonly #noteKey: NoteKey;

  constructor(batch: Batch, part: BatchPart, context: PublishContext) {
    this.#batch = batch;
    this.#part = part;
    this.#context = context;
    this.#objects = context.objects;
    this.#noteKey = context.noteKeyOf(part.organizationId);
  }

  async publish(): Promise<void> {
    const { edge: before, leaves } = this.#part;
    const { edge: after, byLevel } = growTree(
      before,
      leaves.map(({ leaf }) => leaf),
    );
    const published = await this.#readPublished(before, after);
    await this.#writeTiles(before, after, byLevel);
    await this.#writeEvidence();
    await this.#writeOrder();
    const record = await this.#writeRecord(after);
    await this.#publishCheckpoint(record.checkpoint, published);
    await this.#publishHead(after, record);
    await this.#removeSuperseded(before, after);
  }

  /** Returns the published checkpoint and its ETag. It must be the tree before the batch, or the one with it. */
  async #readPublished(before: TreeEdge, after: TreeEdge): Promise<PublishedCheckpoint | undefined> {
    const { organizationId } = this.#part;
    const object = await this.#objects.get(checkpointKey(organizationId));
    if (object === undefined) {
      if (before.size === 0) return undefined;
      throw logContradicted(`the checkpoint of ${organizationId} is missing`);
    }
    const checkpoint = await openCheckpoint(fromUtf8(object.bytes), this.#noteKey);
    if (checkpoint === undefined) {
      throw logContradicted(`the checkpoint of ${organizationId} is not signed by the log's key`);
    }
    const isAfter = isSameTree(checkpoint, treeOf(after));
    if (!isAfter && !(before.size > 0 && isSameTree(checkpoint, treeOf(before)))) {
      throw logContradicted(`the checkpoint of ${organizationId} is not the tree that the batch continues`);
    }
    return { etag: object.etag, isAfter };
  }

  async #writeTiles(
    before: TreeEdge,
    after: TreeEdge,
    byLevel: readonly (readonly Uint8Array[])[],
  ): Promise<void> {
    const { organizationId, leaves } = this.#part;
    for (const name of newTiles(before.size, after.size)) {
      const { level, index, width } = name;
      const all = level === 'entries' ? leaves.map(({ leaf }) => leaf) : (byLevel[level] ?? []);
      const firstNew = level === 'entries' ? before.size : Math.floor(before.size / tileWidth ** level);
      const widthBefore = widthAt(level, index, before.size);
      const offset = index * tileWidth + widthBefore - firstNew;
      const prior = await this.#readPrior({ level, index, width: widthBefore }, before);
      const items = [...prior, ...all.slice(offset, offset + width - widthBefore)];
      const bytes = level === 'entries' ? encodeBundle(items) : concatBytes(...items);
      await this.#putSame(tileKey(organizationId, name), bytes, this.#options(binary, width === tileWidth));
    }
  }

  /** Returns what a tile had before the batch. It must be what the tree before the batch was computed from. */
  async #readPrior(name: TileName, before: TreeEdge): Promise<readonly Uint8Array[]> {
    if (name.width === 0) return [];
    const items = await readTile(this.#objects, this.#part.organizationId, name);
    const level = name.level === 'entries' ? 0 : name.level;
    const hashes = name.level === 'entries' ? items?.map(hashLeaf) : items;
    const expected = perfectNodes(0, before.size).flatMap((node, position) =>
      Math.floor(node.level / 8) === level ? [before.hashes[position]] : [],
    );
    const actual = appendToEdge([], 0, hashes ?? []);
    const isSame =
      actual.length === expected.length &&
      actual.every((hash, at) => equalBytes(hash, expected[at] ?? hash.subarray(1)));
    if (items === undefined || !isSame) {
      throw logContradicted(
        `${logPrefix(this.#part.organizationId)}${tilePath(name)} does not match the log`,
      );
    }
    return items;
  }

  async #writeEvidence(): Promise<void> {
    const { organizationId, edge, leaves } = this.#part;
    for (const [offset, { at, content }] of leaves.entries()) {
      if (at !== undefined) continue;
      const { nonce, text: evidence } = content;
      const key = evidenceKey(organizationId, edge.size + offset);
      await this.#putSame(key, encodeJson({ nonce, text: evidence }), this.#options(json, true));
    }
  }

  async #writeOrder(): Promise<void> {
    const { key, bytes } = toOrderObject(this.#batch, this.#part);
    await this.#putSame(key, bytes, this.#options(json, true));
  }

  /** Writes the record of the batch with a new signed checkpoint, or returns the one that exists. */
  async #writeRecord(after: TreeEdge): Promise<{ readonly key: string; readonly checkpoint: string }> {
    const { key } = toBatchRecord(this.#batch, this.#part, '');
    const existing = await this.#readRecord(key, after);
    if (existing !== undefined) return { key, checkpoint: existing };
    const signed = await this.#sign({ origin: this.#noteKey.name, size: after.size, root: rootOf(after) });
    const { record } = toBatchRecord(this.#batch, this.#part, signed);
    const result = await this.#objects.putNew(key, encodeJson(record), this.#options(json, true));
    if (result === 'created') return { key, checkpoint: signed };
    return { key, checkpoint: (await this.#readRecord(key, after)) ?? signed };
  }

  async #readRecord(key: string, after: TreeEdge): Promise<string | undefined> {
    const object = await this.#objects.get(key);
    if (object === undefined) return undefined;
    const { checkpoint } = decodeBatchRecord(object.bytes, key);
    const signed = await openCheckpoint(checkpoint, this.#noteKey);
    if (signed !== undefined && isSameTree(signed, treeOf(after))) return checkpoint;
    throw logContradicted(`the batch record ${key} has another checkpoint`);
  }

  /** Signs only what the sequencer has decided and nobody has gone past. */
  async #sign(checkpoint: Checkpoint): Promise<string> {
    const { signer, isCurrent } = this.#context;
    if (!(await isCurrent())) throw logContradicted('another sealer has gone on');
    return signNote(toCheckpointText(checkpoint), this.#noteKey, (message) => signer.sign(message));
  }

  async #publishCheckpoint(note: string, published: PublishedCheckpoint | undefined): Promise<void> {
    if (published?.isAfter) return;
    const key = checkpointKey(this.#part.organizationId);
    const result = await this.#objects.replace(
      key,
      toUtf8(note),
      published?.etag,
      this.#options(text, false),
    );
    if (result === 'lost') await this.#requireSame(key, toUtf8(note));
  }

  async #publishHead(
    after: TreeEdge,
    record: { readonly key: string; readonly checkpoint: string },
  ): Promise<void> {
    const { organizationId, leaves } = this.#part;
    const { number, decidedAtMillis } = this.#batch;
    const key = headKey(organizationId);
    const object = await this.#objects.get(key);
    const before = object === undefined ? undefined : await decodeHead(object.bytes, key, this.#noteKey);
    if (before !== undefined && before.number >= number) return;
    const head: LogHead = {
      format: 1,
      number,
      edge: { size: after.size, hashes: [...after.hashes] as LogHead['edge']['hashes'] },
      highestMillis: highestTime(before?.highestMillis ?? 0, decidedAtMillis, leaves),
      recordKey: record.key,
      checkpoint: record.checkpoint,
    };
    const bytes = encodeJson(head);
    const result = await this.#objects.replace(key, bytes, object?.etag, this.#options(json, false));
    if (result === 'lost') await this.#requireSame(key, bytes);
  }

  /** Removes the partial versions of tiles that are full now. */
  async #removeSuperseded(before: TreeEdge, after: TreeEdge): Promise<void> {
    const { organizationId } = this.#part;
    for (const { level, index, width } of newTiles(before.size, after.size)) {
      if (width < tileWidth || widthAt(level, index, before.size) === 0) continue;
      const prefix = `${tileKey(organizationId, { level, index, width })}.p/`;
      const { keys } = await this.#objects.list(prefix);
      for (const key of keys) await this.#objects.remove(key);
    }
  }

  #options(contentType: string, isFinal: boolean): LogObjectOptions {
    const { lockDays } = this.#context;
    if (!isFinal || lockDays === undefined) return { contentType };
    return { contentType, lockUntilMillis: this.#batch.decidedAtMillis + lockDays * dayMillis };
  }

  /** Creates the object, which must not exist with other bytes. */
  async #putSame(key: string, bytes: Uint8Array, options: LogObjectOptions): Promise<void> {
    if ((await this.#objects.putNew(key, bytes, options)) === 'exists') await this.#requireSame(key, bytes);
  }

  async #requireSame(key: string, bytes: Uint8Array): Promise<void> {
    const object = await this.#objects.get(key);
    // A partial tile can be superseded between the two calls.
    if (object === undefined && key.includes('.p/')) return;
    if (object === undefined || !equalBytes(object.bytes, bytes)) {
      throw logContradicted(`the object ${key} exists with other content`);
    }
  }
}

interface PublishedCheckpoint {
  readonly etag: string;
  /** Whether the checkpoint is already the one with the batch. */
  readonly isAfter: boolean;
}

const binary = 'application/octet-stream';
const json = 'application/json';
const text = 'text/plain; charset=utf-8';
