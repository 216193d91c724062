// Reads the sealed log of one organization for the API: its checkpoint, proofs of entries, and consistency proofs.
import type { Sealable } from '../entry/committed-text.ts';
import { toBase64 } from '../values/bytes.ts';
import { decodeBatchRecord, decodeHead, type LogHead } from './batch-record.ts';
import { toLeaf } from './leaf.ts';
import { type LeafLocation, LeafLocator } from './locate-leaf.ts';
import { logContradicted } from './log-error.ts';
import {
  perfectNodes,
  proveConsistency,
  proveInclusion,
  type TreeHash,
  type TreeNode,
} from './merkle-tree.ts';
import { batchRecordPrefix, firstBatchKeyFor, headKey } from './object-keys.ts';
import type { BatchOrder } from './order-object.ts';
import type { LogObjects } from './ports.ts';
import type { ConsistencyProof, Proof } from './proof.ts';
import { readOrder } from './read-order.ts';
import type { NoteKey } from './signed-note.ts';
import { TileReader } from './tile-reader.ts';
import { tileWidth } from './tiles.ts';

/** The maximum number of entry bundles in one response: 1,024 leaves, 60 KB. */
const maxBundles = 4;

export class LogReader {
  readonly #objects: LogObjects;
  readonly #organizationId: string;
  readonly #noteKey: NoteKey;

  constructor(objects: LogObjects, organizationId: string, noteKey: NoteKey) {
    this.#objects = objects;
    this.#organizationId = organizationId;
    this.#noteKey = noteKey;
  }

  /**
   * Returns the head of the log, or `undefined` if nothing is sealed yet. Fails with LOG_CONTRADICTED if the key did not
   * sign its checkpoint.
   */
  async readHead(): Promise<LogHead | undefined> {
    const key = headKey(this.#organizationId);
    const object = await this.#objects.get(key);
    return object && decodeHead(object.bytes, key, this.#noteKey);
  }

  /**
   * Returns where an entry is in the current log, or `undefined` if it is not sealed yet. At most four reads. Fails with
   * LOG_CONTRADICTED if an object is missing or malformed.
   */
  async locate(sealable: Sealable): Promise<LeafLocation | undefined> {
    const head = await this.readHead();
    if (head === undefined) return undefined;
    const locator = new LeafLocator(this.#objects, this.#organizationId, head.edge.size);
    return locator.find(toLeaf(sealable), sealable.recordedAtMillis);
  }

  /**
   * Returns leaves in order, from this index on: those of at most four entry bundles. Empty at the end of the log. Fails
   * with LOG_CONTRADICTED if a bundle is missing or malformed.
   */
  async readLeaves(from: number, head: LogHead): Promise<readonly Uint8Array[]> {
    const tiles = new TileReader(this.#objects, this.#organizationId, head.edge.size);
    const first = Math.floor(from / tileWidth);
    const indexes = Array.from({ length: maxBundles }, (_, offset) => first + offset);
    const bundles = await Promise.all(indexes.map((index) => tiles.readBundle(index)));
    return bundles.flat().slice(from - first * tileWidth);
  }

  /** Returns an index before which no entry was recorded at or after this time. Costs a listing and one read. */
  async findFirst(recordedAtMillis: number, head: LogHead): Promise<number> {
    const prefix = batchRecordPrefix(this.#organizationId);
    const { keys } = await this.#objects.list(
      prefix,
      firstBatchKeyFor(this.#organizationId, recordedAtMillis),
    );
    const [key] = keys;
    if (key === undefined || key > head.recordKey) return head.edge.size;
    const object = await this.#objects.get(key);
    if (object === undefined) throw logContradicted(`the batch record ${key} is missing`);
    return decodeBatchRecord(object.bytes, key).first;
  }

  /** Yields the IDs of the log's entries in leaf order, from a leaf up to a size of the log: see `readOrder`. */
  readOrder(from: number, size: number): AsyncGenerator<BatchOrder, void, undefined> {
    return readOrder(this.#objects, this.#organizationId, { from, size });
  }

  /**
   * Returns the proof of an entry in the current log, or `undefined` if the entry is not sealed yet. At most six reads
   * for a log of up to 16 million leaves. Fails with LOG_CONTRADICTED if an object is missing or malformed.
   */
  async prove(sealable: Sealable): Promise<Proof | undefined> {
    const head = await this.readHead();
    if (head === undefined) return undefined;
    const { size } = head.edge;
    const leaf = toLeaf(sealable);
    const locator = new LeafLocator(this.#objects, this.#organizationId, size);
    const location = await locator.find(leaf, sealable.recordedAtMillis);
    if (location === undefined) return undefined;
    const hashes = await proveInclusion(location.index, size, readNodesOf(head, locator.tiles));
    return {
      committed: sealable.text,
      nonce: toBase64(sealable.nonce),
      leaf: toBase64(leaf),
      index: location.index,
      treeSize: size,
      hashes: hashes.map(toBase64),
      checkpoint: head.checkpoint,
      sealedAt: new Date(location.sealedAtMillis).toISOString(),
    };
  }

  /** Returns the proof that the log of `to` leaves continues that of `from` leaves: 1 ≤ `from` ≤ `to` ≤ the log's size. */
  async proveConsistency(from: number, to: number, head: LogHead): Promise<ConsistencyProof> {
    const { tiles } = new LeafLocator(this.#objects, this.#organizationId, head.edge.size);
    const hashes = await proveConsistency(from, to, readNodesOf(head, tiles));
    return { from, to, hashes: hashes.map(toBase64) };
  }
}

/** Reads perfect subtrees from the head where it has them, so that the right edge of the tree costs no read. */
function readNodesOf({ edge }: LogHead, tiles: TileReader) {
  const known = new Map(
    perfectNodes(0, edge.size).map((node, position) => [nameOf(node), edge.hashes[position]]),
  );
  return async (nodes: readonly TreeNode[]): Promise<TreeHash[]> => {
    const missing = nodes.filter((node) => known.get(nameOf(node)) === undefined);
    const read = await tiles.readNodes(missing);
    const byName = new Map(missing.map((node, position) => [nameOf(node), read[position]]));
    return nodes.map((node) => (known.get(nameOf(node)) ?? byName.get(nameOf(node))) as TreeHash);
  };
}

function nameOf({ level, index }: TreeNode): string {
  return `${level}/${index}`;
}
