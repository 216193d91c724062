// Finds the leaf of an entry by the entry's recording time: one listing, the record of the batch, and an entry bundle.
import { equalBytes } from '../values/bytes.ts';
import { type BatchRecord, decodeBatchRecord } from './batch-record.ts';
import { logContradicted } from './log-error.ts';
import { batchRecordPrefix, firstBatchKeyFor, readBatchRecordKey } from './object-keys.ts';
import type { LogObjectPage, LogObjects } from './ports.ts';
import { TileReader } from './tile-reader.ts';
import { tileWidth } from './tiles.ts';

/** Where a leaf is in its log. */
export interface LeafLocation {
  readonly index: number;
  /** When the batch with the leaf was decided, in epoch milliseconds. */
  readonly sealedAtMillis: number;
}

/** Finds leaves in one log as of one size. Keeps what it read, so looking up leaves in order of time costs little. */
export class LeafLocator {
  readonly tiles: TileReader;
  readonly #objects: LogObjects;
  readonly #organizationId: string;
  readonly #size: number;
  readonly #records = new Map<string, Promise<BatchRecord>>();
  #page: (LogObjectPage & { readonly from: string }) | undefined;

  constructor(objects: LogObjects, organizationId: string, size: number) {
    this.tiles = new TileReader(objects, organizationId, size);
    this.#objects = objects;
    this.#organizationId = organizationId;
    this.#size = size;
  }

  /**
   * Returns where the leaf is, or `undefined` if no batch up to this size contains it. Fails with LOG_CONTRADICTED if an
   * object that must exist is missing or malformed.
   */
  async find(leaf: Uint8Array, recordedAtMillis: number): Promise<LeafLocation | undefined> {
    let from = firstBatchKeyFor(this.#organizationId, recordedAtMillis);
    for (;;) {
      const page = await this.#list(from);
      for (const key of page.keys) {
        if (key <= from) continue;
        const span = readBatchRecordKey(key);
        if (span === undefined) throw logContradicted(`the key ${key} is not that of a batch record`);
        if (span.size > this.#size) return undefined;
        if (span.lowestMillis > recordedAtMillis || span.highestMillis < recordedAtMillis) continue;
        const location = await this.#findInBatch(key, leaf, recordedAtMillis);
        if (location !== undefined) return location;
      }
      const last = page.keys.at(-1);
      if (!page.hasMore || last === undefined) return undefined;
      from = last;
    }
  }

  /** Lists the batch records after a key, from the page that was read last if that one covers the key. */
  async #list(from: string): Promise<LogObjectPage> {
    const last = this.#page?.keys.at(-1) ?? '';
    const covers =
      this.#page !== undefined && this.#page.from <= from && (from < last || !this.#page.hasMore);
    if (this.#page === undefined || !covers) {
      const page = await this.#objects.list(batchRecordPrefix(this.#organizationId), from);
      this.#page = { ...page, from };
    }
    return this.#page;
  }

  async #findInBatch(
    key: string,
    leaf: Uint8Array,
    recordedAtMillis: number,
  ): Promise<LeafLocation | undefined> {
    const { first, size, bundles, decidedAtMillis } = await this.#readRecord(key);
    for (const [index, lowest, highest] of bundles) {
      if (recordedAtMillis < lowest || recordedAtMillis > highest) continue;
      const leaves = await this.tiles.readBundle(index);
      const begin = Math.max(first, index * tileWidth);
      const end = Math.min(size, index * tileWidth + leaves.length);
      for (let at = begin; at < end; at++) {
        const other = leaves[at - index * tileWidth];
        if (other !== undefined && equalBytes(leaf, other))
          return { index: at, sealedAtMillis: decidedAtMillis };
      }
    }
    return undefined;
  }

  #readRecord(key: string): Promise<BatchRecord> {
    const read = async () => {
      const object = await this.#objects.get(key);
      if (object === undefined) throw logContradicted(`the batch record ${key} is missing`);
      return decodeBatchRecord(object.bytes, key);
    };
    const record = this.#records.get(key) ?? read();
    this.#records.set(key, record);
    return record;
  }
}
