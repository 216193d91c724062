// Adds what the sealer decided to the segments that counts are read from. It can stop at any point and be started again,
// and two of them at once do no harm: an index says which leaves its segments contain, and every write has a condition.
import * as z from 'zod/mini';
import { dayMillis } from '../values/timestamp.ts';
import { countIndexKey, countSegmentKey, countsPositionKey } from './archive-keys.ts';
import { findRetention } from './archive-retention.ts';
import { type BatchPart, decodeJson, encodeJson } from './batch.ts';
import {
  type CountIndex,
  type CountSegment,
  describeSegment,
  keyOfSegment,
  readCountIndex,
} from './count-index.ts';
import { type CountRow, decodeSegment, encodeSegment, toCountRow } from './count-segment.ts';
import { readDecidedBatches } from './decided-batches.ts';
import { readLeaf } from './leaf.ts';
import type { LogObjects, SequencerStore } from './ports.ts';
import { decodeState } from './sequencer-state.ts';

/** What adding to the segments works with. */
export interface CountIndexPorts {
  readonly objects: LogObjects;
  readonly sequencer: Pick<SequencerStore, 'read'>;
  readonly now: () => number;
}

/** What a run did. */
export interface CountIndexReport {
  /** `done`: every decided batch is added. `more`: time ran out. `overtaken`: another run is writing. */
  readonly status: 'done' | 'more' | 'overtaken';
  /** Entries that were added. */
  readonly added: number;
}

const positionSchema = z.object({ format: z.literal(1), number: z.number(), sha256: z.string() });

/** A segment gets no more entries when it has this many. Rewriting one then takes less than half a second. */
const fullSegmentRows = 16_384;

/** The rows that are held in memory before they are written. */
const maxPendingRows = 10_000;

/** The index forgets a segment this long after its last entry has expired. The lifecycle rule removes the object. */
const forgetAfterMillis = 3 * dayMillis;

/**
 * Adds the entries of all decided batches to the segments, until time runs out. Fails with LOG_CONTRADICTED if batches are
 * missing or an object is malformed, and with STORE_UNAVAILABLE; the next run continues.
 */
export async function indexCounts(
  ports: CountIndexPorts,
  { untilMillis }: { readonly untilMillis: number },
): Promise<CountIndexReport> {
  const { objects, sequencer, now } = ports;
  const item = await sequencer.read();
  const last = item && decodeState(item.value).batch;
  if (last === undefined) return { status: 'done', added: 0 };
  const stored = await objects.get(countsPositionKey);
  const position = stored && decodeJson(positionSchema, stored.bytes, countsPositionKey);
  if (position !== undefined && position.number >= last.number) return { status: 'done', added: 0 };
  let etag = stored?.etag;
  let added = 0;
  let pending = new Map<string, Addition>();
  let done: { readonly number: number; readonly sha256: string } | undefined;
  const write = async (): Promise<boolean> => {
    if (done === undefined) return true;
    for (const addition of pending.values()) {
      if (!(await new IndexWriter(addition, ports).write())) return false;
      added += addition.rows.length;
    }
    pending = new Map();
    const bytes = encodeJson({ format: 1, number: done.number, sha256: done.sha256 });
    if ((await objects.replace(countsPositionKey, bytes, etag, json)) === 'lost') return false;
    etag = (await objects.get(countsPositionKey))?.etag;
    return true;
  };
  for await (const { number, sha256, batch } of readDecidedBatches(objects, position, last)) {
    for (const part of batch.parts) addPart(pending, part, batch.decidedAtMillis);
    done = { number, sha256 };
    const rows = [...pending.values()].reduce((sum, addition) => sum + addition.rows.length, 0);
    if (rows < maxPendingRows) continue;
    if (!(await write())) return { status: 'overtaken', added };
    if (now() >= untilMillis) return { status: 'more', added };
  }
  return { status: (await write()) ? 'done' : 'overtaken', added };
}

const json = { contentType: 'application/json' };

/** New leaves of one organization. */
interface Addition {
  readonly organizationId: string;
  /** The index of the first leaf, and when it was sealed. */
  readonly first: number;
  readonly since: number;
  /** The size of the log with the leaves, and when the last one was sealed. */
  size: number;
  through: number;
  /** The indexes of entries that cannot be read. */
  readonly unreadable: number[];
  readonly rows: NewRow[];
}

interface NewRow extends Pick<CountSegment, 'retentionDays' | 'day'> {
  readonly row: CountRow;
}

function addPart(
  pending: Map<string, Addition>,
  { organizationId, edge, leaves }: BatchPart,
  decidedAtMillis: number,
): void {
  const addition: Addition = pending.get(organizationId) ?? {
    organizationId,
    first: edge.size,
    since: decidedAtMillis,
    size: edge.size,
    through: decidedAtMillis,
    unreadable: [],
    rows: [],
  };
  pending.set(organizationId, addition);
  const day = new Date(decidedAtMillis).toISOString().slice(0, 10);
  for (const [offset, { leaf, content }] of leaves.entries()) {
    if (readLeaf(leaf)?.kind !== 'entry') continue;
    const { nonce, text: committed, expiresAt } = content;
    const index = edge.size + offset;
    const row = toCountRow({ index, nonce, committed, expiresAt });
    if (row === undefined) addition.unreadable.push(index);
    else addition.rows.push({ row, day, retentionDays: findRetention(content) });
  }
  addition.size = edge.size + leaves.length;
  addition.through = decidedAtMillis;
}

/** Adds new leaves to the segments and the index of an organization. */
class IndexWriter {
  readonly #addition: Addition;
  readonly #ports: CountIndexPorts;

  constructor(addition: Addition, ports: CountIndexPorts) {
    this.#addition = addition;
    this.#ports = ports;
  }

  /** Returns whether everything is written: not if another run changed an object meanwhile. */
  async write(): Promise<boolean> {
    const { organizationId, first, since, size, through, unreadable, rows } = this.#addition;
    const { objects } = this.#ports;
    const stored = await readCountIndex(objects, organizationId);
    // After a gap, which only lost objects can cause, the index begins again behind it.
    const isContinued = stored !== undefined && stored.index.size >= first;
    const before: CountIndex = isContinued
      ? stored.index
      : { format: 1, first, since, size: first, through: since, unreadable: 0, segments: [] };
    if (before.size >= size) return true;
    const fresh = rows.filter(({ row }) => row.index >= before.size);
    const segments = await this.#writeSegments(before, fresh);
    if (segments === undefined) return false;
    const index: CountIndex = {
      ...before,
      size,
      through,
      unreadable: before.unreadable + unreadable.filter((leaf) => leaf >= before.size).length,
      segments: segments.filter((segment) => !this.#isForgotten(segment)),
    };
    const bytes = encodeJson(index);
    return (await objects.replace(countIndexKey(organizationId), bytes, stored?.etag, json)) === 'replaced';
  }

  #isForgotten({ expiresAt }: CountSegment): boolean {
    return expiresAt !== null && expiresAt * 1000 + forgetAfterMillis < this.#ports.now();
  }

  /** Returns all segments with the new rows, or `undefined` if another run changed one meanwhile. */
  async #writeSegments(
    { size, segments }: CountIndex,
    fresh: readonly NewRow[],
  ): Promise<CountSegment[] | undefined> {
    const result = [...segments];
    const groups = Map.groupBy(fresh, ({ retentionDays, day }) => `${retentionDays}/${day}`);
    for (const group of groups.values()) {
      const { retentionDays, day } = group[0] as NewRow;
      const rows = group.map(({ row }) => row);
      const place = result.findLastIndex(
        (one) => one.retentionDays === retentionDays && one.day === day && one.rows < fullSegmentRows,
      );
      const written = await this.#writeSegment({ retentionDays, day }, result[place], rows, size);
      if (written === undefined) return undefined;
      if (place === -1) result.push(written);
      else result[place] = written;
    }
    return result;
  }

  async #writeSegment(
    name: Pick<CountSegment, 'retentionDays' | 'day'>,
    segment: CountSegment | undefined,
    fresh: readonly CountRow[],
    size: number,
  ): Promise<CountSegment | undefined> {
    const { organizationId } = this.#addition;
    const { objects } = this.#ports;
    const key =
      segment === undefined
        ? countSegmentKey({ organizationId, ...name, first: (fresh[0] as CountRow).index })
        : keyOfSegment(organizationId, segment);
    const stored = await objects.get(key);
    // A run that stopped before it wrote the index has left rows that the index does not contain.
    const kept = stored ? decodeSegment(stored.bytes, key).filter(({ index }) => index < size) : [];
    const rows = [...kept, ...fresh];
    const options = { contentType: 'application/gzip' };
    const result = await objects.replace(key, encodeSegment(rows), stored?.etag, options);
    return result === 'replaced' ? describeSegment(name, rows) : undefined;
  }
}
