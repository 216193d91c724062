// The archiver: writes what the sealer decided to the archive, as lines with all fields and as column files. It can stop
// at any point and be started again, and two of them at once do no harm: the position decides what each object contains,
// and objects are only created.
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { fromUtf8, toUtf8 } from '../values/bytes.ts';
import { dayMillis } from '../values/timestamp.ts';
import { type ArchiveObject, archiveKey, archivePositionKey } from './archive-keys.ts';
import { type ArchivedLeaf, toArchiveLine } from './archive-line.ts';
import { findRetention } from './archive-retention.ts';
import { type Batch, decodeJson, encodeJson } from './batch.ts';
import { toColumnRow } from './column-rows.ts';
import { type DecidedBatch, readDecidedBatches } from './decided-batches.ts';
import { readLeaf } from './leaf.ts';
import { logContradicted } from './log-error.ts';
import type { ColumnFileFormat, LogObjects, SequencerStore } from './ports.ts';
import { decodeState } from './sequencer-state.ts';

/** What the archiver works with. */
export interface ArchiverPorts {
  readonly objects: LogObjects;
  readonly sequencer: Pick<SequencerStore, 'read'>;
  readonly columns: ColumnFileFormat;
  readonly now: () => number;
}

export interface ArchiverOptions {
  /** Archives what was sealed before the last multiple of this interval, so that objects contain full intervals. */
  readonly intervalMillis: number;
  /** How long objects cannot be deleted, at most as long as their entries are kept. Absent: no lock. */
  readonly lockDays?: number | undefined;
  /** No group of objects is started after this time, in epoch milliseconds. */
  readonly untilMillis: number;
  /** Lines that are held in memory before they are written, in UTF-16 code units. An hour with more has more objects. */
  readonly maxBufferedText?: number | undefined;
}

/** What a run of the archiver did. */
export interface ArchiveReport {
  /**
   * `done`: everything that was sealed before the interval is archived. `more`: time ran out. `overtaken`: another run
   * is writing.
   */
  readonly status: 'done' | 'more' | 'overtaken';
  /** Entries and disputes. */
  readonly archived: number;
  readonly objects: number;
}

const stagedSchema = z.object({ number: z.number(), sha256: z.string() });
const positionSchema = z.object({
  format: z.literal(1),
  /** The last batch that is archived. Absent before the first one. */
  done: z.optional(stagedSchema),
  /** The last batch of the group of objects that is being written. A run that continues writes the same objects. */
  next: z.optional(stagedSchema),
});
type Position = z.infer<typeof positionSchema>;

/** The sealer writes the sequencer item within this time after it has decided when a batch is sealed. */
const graceMillis = 10_000;

const hourMillis = dayMillis / 24;

/** About 64 MB of text, which with its batches and its compressed form fits well into the memory of the function. */
const defaultBufferedText = 64 * 2 ** 20;

/**
 * Archives what was sealed until the last interval ended or time runs out. Fails with LOG_CONTRADICTED if batches are
 * missing or an object exists with other content, and with STORE_UNAVAILABLE; the next run starts where this one stopped.
 */
export async function archive(ports: ArchiverPorts, options: ArchiverOptions): Promise<ArchiveReport> {
  return new Archiver(ports, options).run();
}

class Archiver {
  readonly #ports: ArchiverPorts;
  readonly #options: ArchiverOptions;
  #position: Position = { format: 1 };
  #etag: string | undefined;
  #archived = 0;
  #objects = 0;

  constructor(ports: ArchiverPorts, options: ArchiverOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  async run(): Promise<ArchiveReport> {
    const { objects, sequencer, now } = this.#ports;
    const item = await sequencer.read();
    const last = item && decodeState(item.value).batch;
    if (last === undefined) return this.#report('done');
    const stored = await objects.get(archivePositionKey);
    if (stored !== undefined) {
      this.#position = decodeJson(positionSchema, stored.bytes, archivePositionKey);
      this.#etag = stored.etag;
    }
    const { intervalMillis, untilMillis, maxBufferedText = defaultBufferedText } = this.#options;
    const boundary = Math.floor((now() - graceMillis) / intervalMillis) * intervalMillis;
    const { done, next } = this.#position;
    if (done !== undefined && done.number >= last.number) return this.#report('done');
    let planned = next?.number;
    let group = new Group();
    for await (const decided of readDecidedBatches(objects, done, last)) {
      const { number, batch } = decided;
      const isPlanned = planned !== undefined && number <= planned;
      if (!isPlanned && batch.decidedAtMillis >= boundary) break;
      if (!isPlanned && group.isFullFor(decided, maxBufferedText)) {
        if (!(await this.#write(group))) return this.#report('overtaken');
        group = new Group();
        if (now() >= untilMillis) return this.#report('more');
      }
      group.add(decided);
      if (number !== planned) continue;
      if (!(await this.#write(group))) return this.#report('overtaken');
      group = new Group();
      planned = undefined;
    }
    return this.#report((await this.#write(group)) ? 'done' : 'overtaken');
  }

  /** Writes the objects of a group. What they contain is decided before the first one is written. */
  async #write(group: Group): Promise<boolean> {
    const { last } = group;
    if (last === undefined) return true;
    const { done } = this.#position;
    if (!(await this.#move({ format: 1, ...(done && { done }), next: last }))) return false;
    for (const part of group.parts.values()) await this.#writePart(part, group.decidedAtMillis);
    this.#archived += group.leaves;
    return this.#move({ format: 1, done: last });
  }

  async #move(position: Position): Promise<boolean> {
    if (JSON.stringify(position) === JSON.stringify(this.#position)) return true;
    const bytes = encodeJson(position);
    const options = { contentType: 'application/json' };
    const { objects } = this.#ports;
    if ((await objects.replace(archivePositionKey, bytes, this.#etag, options)) === 'lost') return false;
    const stored = await objects.get(archivePositionKey);
    this.#position = position;
    this.#etag = stored?.etag;
    return stored !== undefined && fromUtf8(stored.bytes) === fromUtf8(bytes);
  }

  async #writePart({ object, leaves }: Part, decidedAtMillis: number): Promise<void> {
    const { lockDays } = this.#options;
    const days = Math.min(lockDays ?? 0, object.retentionDays ?? Number.POSITIVE_INFINITY);
    const lock = lockDays === undefined ? {} : { lockUntilMillis: decidedAtMillis + days * dayMillis };
    const { objects, columns } = this.#ports;
    const key = archiveKey(object);
    const text = leaves.map((leaf) => `${toArchiveLine(leaf)}\n`).join('');
    const options = { contentType: 'application/gzip', ...lock };
    this.#objects++;
    if ((await objects.putNew(key, gzipSync(toUtf8(text)), options)) === 'exists') {
      const existing = await objects.get(key);
      if (existing === undefined || decompress(existing.bytes) !== text)
        throw logContradicted(`the object ${key} exists with other content`);
    }
    if (object.kind !== 'entries') return;
    const rows = leaves.flatMap((leaf) => toColumnRow(leaf) ?? []);
    if (rows.length === 0) return;
    this.#objects++;
    const columnOptions = { contentType: 'application/vnd.apache.parquet', ...lock };
    // One that exists was written from the same lines, by this version or an earlier one.
    await objects.putNew(archiveKey({ ...object, kind: 'columns' }), columns.encode(rows), columnOptions);
  }

  #report(status: ArchiveReport['status']): ArchiveReport {
    return { status, archived: this.#archived, objects: this.#objects };
  }
}

/** The leaves of one object. */
interface Part {
  readonly object: ArchiveObject;
  readonly leaves: ArchivedLeaf[];
}

/** Batches of one hour, whose leaves are written together. */
class Group {
  readonly parts = new Map<string, Part>();
  last: Pick<DecidedBatch, 'number' | 'sha256'> | undefined;
  decidedAtMillis = 0;
  leaves = 0;
  #bufferedText = 0;

  /** Whether the batch belongs to another hour, or there is enough to write. */
  isFullFor({ batch }: DecidedBatch, maxBufferedText: number): boolean {
    if (this.last === undefined) return false;
    return (
      hourOf(batch.decidedAtMillis) !== hourOf(this.decidedAtMillis) || this.#bufferedText >= maxBufferedText
    );
  }

  add({ number, sha256, batch }: DecidedBatch): void {
    for (const part of batch.parts) this.#addPart(part, batch.decidedAtMillis);
    this.last = { number, sha256 };
    this.decidedAtMillis = batch.decidedAtMillis;
  }

  #addPart({ organizationId, edge, leaves }: Batch['parts'][number], decidedAtMillis: number): void {
    for (const [offset, { leaf, content }] of leaves.entries()) {
      const kind = readLeaf(leaf)?.kind;
      if (kind !== 'entry' && kind !== 'dispute') continue;
      const { nonce, text: committed, expiresAt } = content;
      const index = edge.size + offset;
      const retentionDays = findRetention(content);
      const partition = { organizationId, retentionDays, hourMillis: hourOf(decidedAtMillis) };
      const kindOfObject = kind === 'entry' ? 'entries' : 'disputes';
      const name = [kindOfObject, organizationId, retentionDays, partition.hourMillis].join('/');
      const part = this.parts.get(name) ?? {
        object: { kind: kindOfObject, ...partition, first: index },
        leaves: [],
      };
      part.leaves.push({ index, nonce, committed, ...(expiresAt !== undefined && { expiresAt }) });
      this.parts.set(name, part);
      this.leaves++;
      this.#bufferedText += 2 * committed.length;
    }
  }
}

/**
 * Returns the text of a compressed object, or `undefined` if it is malformed. Texts are compared and not objects, because
 * another version of Node.js can compress the same text to other bytes.
 */
function decompress(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(gunzipSync(bytes));
  } catch {
    return undefined;
  }
}

function hourOf(millis: number): number {
  return Math.floor(millis / hourMillis) * hourMillis;
}
