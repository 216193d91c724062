// Reads the details of listed entries for a full export. An entry whose details cannot be exported keeps the fields of
// its list item and the reason, so that it neither goes missing nor stops the export.
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { describeDisputes } from '../search/describe-disputes.ts';
import type { FoundEntry } from '../search/entry-lookup.ts';
import { listResponses } from '../search/entry-responses.ts';
import { readVerified } from '../search/read-verified.ts';
import type { DetailChunk, DetailReader, DisputeStore } from '../storage/ports.ts';
import { RequestLogsError } from '../values/errors.ts';
import { type DetailGap, detailGaps, type ExportRow } from './export-format.ts';

/** The stores that full exports read. */
export interface DetailPorts extends DetailReader {
  readonly disputes: Pick<DisputeStore, 'findDisputed' | 'list'>;
}

/** A listed entry and what an export can contain of it, the most complete row first. The last one is always short. */
export interface FullRow {
  readonly item: ListItem;
  readonly variants: Iterable<ExportRow>;
}

/** Entries read at once. Decoded, the largest ones together stay below 100 MB. */
const maxChunk = 20;

/** Read units of an entry of up to 4 KB and of the search for its disputes. */
const minUnitsPerEntry = 1;

export class FullRows {
  /** Read units consumed. */
  readUnits = 0;
  /** The reasons for which entries or disputes of the page are incomplete. One for each entry or dispute. */
  readonly gaps: DetailGap[] = [];
  readonly #caller: Caller;
  readonly #ports: DetailPorts;
  #readCount = 0;

  constructor(caller: Caller, ports: DetailPorts) {
    this.#caller = caller;
    this.#ports = ports;
  }

  /** Returns how many entries can be read with these units, at least 1, judging by those already read. */
  estimateCount(readUnits: number): number {
    const perEntry = Math.max(minUnitsPerEntry, this.readUnits / Math.max(1, this.#readCount));
    return Math.max(1, Math.floor(readUnits / perEntry));
  }

  /** Reads the rows in order, a few at a time. Stops when `canContinue` returns false, which it asks before each read. */
  async *read(
    items: readonly ListItem[],
    canContinue: () => boolean,
  ): AsyncGenerator<FullRow, void, undefined> {
    for (let start = 0; start < items.length && canContinue(); start += maxChunk) {
      const chunk = items.slice(start, start + maxChunk);
      const { organizationId } = this.#caller;
      const ids = chunk.map(({ id }) => id);
      const [details, disputed] = await Promise.all([
        this.#ports.getDetails(organizationId, ids),
        this.#ports.disputes.findDisputed(organizationId, ids),
      ]);
      this.readUnits += details.readUnits + disputed.readUnits;
      this.#readCount += chunk.length;
      for (const item of chunk) {
        yield this.#toRow(item, await this.#find(item.id, details, disputed.ids));
      }
    }
  }

  async #find(
    id: string,
    { entries, unreadable }: DetailChunk,
    disputed: ReadonlySet<string>,
  ): Promise<FoundEntry | DetailGap> {
    const stored = entries.get(id);
    if (stored === undefined) return unreadable?.has(id) ? 'STATES_UNREADABLE' : 'NOT_FOUND';
    try {
      const entry = await readVerified(stored);
      if (!disputed.has(id)) return { entry, disputes: [] };
      const { disputes } = this.#ports;
      const listed = await disputes.list(this.#caller.organizationId, id);
      return { entry, disputes: await describeDisputes(entry, listed, this.#caller) };
    } catch (error) {
      const gap =
        error instanceof RequestLogsError ? detailGaps.find((code) => code === error.code) : undefined;
      if (gap === undefined) throw error;
      return gap;
    }
  }

  #toRow(item: ListItem, found: FoundEntry | DetailGap): FullRow {
    if (typeof found === 'string') {
      this.gaps.push(found);
      return { item, variants: [{ ...item, unavailable: found }] };
    }
    for (const { unavailable } of found.disputes) {
      if (unavailable === 'UNREADABLE') this.gaps.push('STATES_UNREADABLE');
    }
    return { item, variants: listVariants(item, found) };
  }
}

function* listVariants(item: ListItem, found: FoundEntry): Generator<ExportRow, void, undefined> {
  yield* listResponses(found, maxPathBytes);
  yield { ...item, unavailable: 'ENTRY_TOO_LARGE' };
}

/** Paths of changes longer than this, in total, do not fit on a page. */
const maxPathBytes = 5 * 1024 * 1024;
