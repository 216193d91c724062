// Checks all objects of an organization's log against its signed checkpoint: every leaf, every tile, every batch record,
// and checkpoints that were kept elsewhere. Reports everything that disagrees, and changes nothing.
import { equalBytes, fromUtf8, toHex } from '../values/bytes.ts';
import { type BatchRecord, decodeBatchRecord } from './batch-record.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { readLeaf } from './leaf.ts';
import { isLogContradicted } from './log-error.ts';
import { batchRecordPrefix, checkpointKey } from './object-keys.ts';
import type { LogObjects } from './ports.ts';
import type { NoteKey } from './signed-note.ts';
import { readTile } from './tile-reader.ts';
import { emptyEdge, growTree, rootOf, type TreeEdge, tilePath, tileWidth, widthAt } from './tiles.ts';

/** One thing that is not as the signed checkpoint says. */
export interface Disagreement {
  /** What is wrong: the path of an object, `leaf N`, or the key of an item. */
  readonly subject: string;
  /** How it is wrong, without a period. */
  readonly problem: string;
}

/** The leaves of a log, and what disagrees. */
export interface CheckedLog {
  /** Absent if there is no log or its checkpoint is not signed. */
  readonly checkpoint: Checkpoint | undefined;
  /** The index of each leaf, by the leaf in hexadecimal. About 200 bytes of memory for each. */
  readonly indexes: ReadonlyMap<string, number>;
  readonly batches: readonly BatchRecord[];
  readonly disagreements: readonly Disagreement[];
}

/** What a log is checked with. */
export interface LogCheck {
  readonly objects: LogObjects;
  readonly organizationId: string;
  readonly key: NoteKey;
  /** Signed checkpoints that were kept elsewhere. The log must continue them. */
  readonly since?: readonly string[];
}

/** Reads the complete log and checks it. Fails with STORE_UNAVAILABLE. */
export async function checkLog(check: LogCheck): Promise<CheckedLog> {
  const { objects, organizationId, key, since = [] } = check;
  const found: Disagreement[] = [];
  const report = (subject: string, problem: string) => void found.push({ subject, problem });
  const batches = await readBatches(check, report);
  const kept = await openKept(since, key, report);
  const object = await objects.get(checkpointKey(organizationId));
  const checkpoint = object && (await openSigned(object.bytes, key));
  if (checkpoint === undefined) {
    const isEmpty = object === undefined && batches.length === 0 && kept.length === 0;
    if (!isEmpty) report('checkpoint', object === undefined ? 'is missing' : 'is not signed by the key');
    return { checkpoint, indexes: new Map(), batches, disagreements: found };
  }
  const tree = new CheckedTree(check, checkpoint.size, report);
  const signed = await openRecords(batches, key, report);
  for (const expected of [...signed, ...kept].sort((one, other) => one.size - other.size)) {
    if (expected.size > checkpoint.size) {
      report(expected.subject, `has ${expected.size} leaves, but the log has only ${checkpoint.size}`);
    } else if (!equalBytes(await tree.growTo(expected.size), expected.root)) {
      report(expected.subject, 'is not continued by the log, which was rewritten');
    }
  }
  if (!equalBytes(await tree.growTo(checkpoint.size), checkpoint.root)) {
    report('checkpoint', 'does not match the leaves of the log');
  }
  await tree.finish();
  return { checkpoint, indexes: tree.indexes, batches, disagreements: found };
}

type Report = (subject: string, problem: string) => void;

/** A signed tree that the log must continue. */
interface ExpectedTree extends Checkpoint {
  readonly subject: string;
}

async function openSigned(bytes: Uint8Array, key: NoteKey): Promise<Checkpoint | undefined> {
  try {
    return await openCheckpoint(fromUtf8(bytes), key);
  } catch (error) {
    // The bytes are not UTF-8.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function openKept(since: readonly string[], key: NoteKey, report: Report): Promise<ExpectedTree[]> {
  const kept: ExpectedTree[] = [];
  for (const note of since) {
    const opened = await openCheckpoint(note, key);
    if (opened === undefined) report('kept checkpoint', 'is not signed by the key');
    else kept.push({ ...opened, subject: `kept checkpoint of ${opened.size} leaves` });
  }
  return kept;
}

/** Reads the records of all batches, which must follow each other without a gap. */
async function readBatches({ objects, organizationId }: LogCheck, report: Report): Promise<BatchRecord[]> {
  const prefix = batchRecordPrefix(organizationId);
  const batches: BatchRecord[] = [];
  for (let after: string | undefined = prefix, hasMore = true; hasMore; ) {
    const page = await objects.list(prefix, after);
    for (const key of page.keys) {
      const object = await objects.get(key);
      const record = object && (await decodeOrUndefined(() => decodeBatchRecord(object.bytes, key)));
      if (record === undefined) report(key, 'is malformed');
      else if (record.first !== (batches.at(-1)?.size ?? 0))
        report(key, 'does not follow the batch before it');
      if (record !== undefined) batches.push(record);
    }
    after = page.keys.at(-1) ?? after;
    hasMore = page.hasMore;
  }
  return batches;
}

async function decodeOrUndefined<Value>(decode: () => Value | Promise<Value>): Promise<Value | undefined> {
  try {
    return await decode();
  } catch (error) {
    if (isLogContradicted(error)) return undefined;
    throw error;
  }
}

async function openRecords(
  batches: readonly BatchRecord[],
  key: NoteKey,
  report: Report,
): Promise<ExpectedTree[]> {
  const signed: ExpectedTree[] = [];
  for (const { number, size, checkpoint } of batches) {
    const subject = `batch ${number}`;
    const opened = await openCheckpoint(checkpoint, key);
    if (opened?.size !== size) report(subject, 'is not signed by the key');
    else signed.push({ ...opened, subject });
  }
  return signed;
}

/** Grows the tree leaf by leaf from the entry bundles, and compares every tile with it. */
class CheckedTree {
  readonly indexes = new Map<string, number>();
  readonly #check: LogCheck;
  readonly #size: number;
  readonly #report: Report;
  #edge: TreeEdge = emptyEdge;
  /** The hashes of each level that are not compared yet, and the index of the first of them. */
  readonly #levels: { first: number; hashes: Uint8Array[] }[] = [];
  #bundle: { readonly index: number; readonly leaves: readonly Uint8Array[] } | undefined;

  constructor(check: LogCheck, size: number, report: Report) {
    this.#check = check;
    this.#size = size;
    this.#report = report;
  }

  /** Returns the root of the tree with the first `size` leaves. */
  async growTo(size: number): Promise<Uint8Array> {
    while (this.#edge.size < size) {
      const leaves = await this.#readLeaves(this.#edge.size, size);
      for (const [offset, leaf] of leaves.entries()) this.#note(leaf, this.#edge.size + offset);
      const { edge, byLevel } = growTree(this.#edge, leaves);
      this.#edge = edge;
      for (const [level, hashes] of byLevel.entries()) await this.#compare(level, hashes);
    }
    return rootOf(this.#edge);
  }

  /** Compares the partial tiles. */
  async finish(): Promise<void> {
    for (const [level, { first, hashes }] of this.#levels.entries()) {
      if (hashes.length > 0) await this.#compareTile(level, first / tileWidth, hashes);
    }
  }

  #note(leaf: Uint8Array, index: number): void {
    const hex = toHex(leaf);
    const header = readLeaf(leaf);
    if (header === undefined) this.#report(`leaf ${index}`, 'is malformed');
    else if (this.indexes.has(hex)) this.#report(`leaf ${index}`, `repeats leaf ${this.indexes.get(hex)}`);
    this.indexes.set(hex, index);
  }

  async #readLeaves(from: number, to: number): Promise<readonly Uint8Array[]> {
    const index = Math.floor(from / tileWidth);
    if (this.#bundle?.index !== index) {
      const width = widthAt('entries', index, this.#size);
      this.#bundle = { index, leaves: await this.#readTile('entries', index, width) };
    }
    return this.#bundle.leaves.slice(from - index * tileWidth, to - index * tileWidth);
  }

  /** Returns a tile or bundle of exactly this width. What is missing is reported, and replaced with empty items. */
  async #readTile(level: number | 'entries', index: number, width: number): Promise<readonly Uint8Array[]> {
    const { objects, organizationId } = this.#check;
    const items = await decodeOrUndefined(() => readTile(objects, organizationId, { level, index, width }));
    if (items !== undefined) return items;
    this.#report(tilePath({ level, index, width }), 'is missing or malformed');
    return Array.from({ length: width }, () => new Uint8Array());
  }

  async #compare(level: number, hashes: readonly Uint8Array[]): Promise<void> {
    const kept = this.#levels[level] ?? { first: 0, hashes: [] };
    this.#levels[level] = kept;
    for (const hash of hashes) {
      kept.hashes.push(hash);
      if (kept.hashes.length < tileWidth) continue;
      await this.#compareTile(level, kept.first / tileWidth, kept.hashes);
      kept.first += tileWidth;
      kept.hashes = [];
    }
  }

  async #compareTile(level: number, index: number, hashes: readonly Uint8Array[]): Promise<void> {
    const tile = await this.#readTile(level, index, hashes.length);
    const wrong = hashes.findIndex((hash, at) => !equalBytes(hash, tile[at] ?? new Uint8Array()));
    if (wrong === -1 || tile[wrong]?.length === 0) return;
    const path = tilePath({ level, index, width: hashes.length });
    this.#report(path, `does not match the leaves, from hash ${wrong}`);
  }
}
