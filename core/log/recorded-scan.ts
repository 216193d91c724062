// Searches the entries of an organization in the order of its sealed log. Never skips a sealed entry: what it cannot show
// is counted. Entries that are not sealed yet are not found.
import type { Caller } from '../access/caller.ts';
import { type ListItem, toListItem } from '../entry/entry.ts';
import type { Sealing } from '../entry/entry-response-schemas.ts';
import { decodeLogCursor, encodeLogCursor } from '../query/cursor.ts';
import { isCurrent, matches } from '../query/matching.ts';
import type { Query } from '../query/query.ts';
import { estimateHitRate } from '../search/adaptive-read-size.ts';
import { addNotSearched, DetailSearch, type NotSearched } from '../search/detail-search.ts';
import type { PageBudget } from '../search/fill-page.ts';
import type { Page } from '../search/page.ts';
import type { DetailChunk, DetailReader, DisputeStore, StoredEntry } from '../storage/ports.ts';
import type { LogReader } from './log-reader.ts';
import { readBatchRecordKey } from './object-keys.ts';
import type { BatchOrder } from './order-object.ts';

/** What a search in the order of the log reads. */
export interface RecordedPorts {
  readonly openLog: (
    organizationId: string,
  ) => Promise<Pick<LogReader, 'readHead' | 'readOrder' | 'findFirst'>>;
  readonly details: DetailReader & { readonly disputes: Pick<DisputeStore, 'findDisputed'> };
  readonly now: () => number;
}

/** An entry that matches, and its place in the log. */
export interface RecordedMatch {
  readonly item: ListItem;
  readonly sealed: Sealing;
  readonly stored: StoredEntry;
}

/** The progress of a page that ends before a leaf. */
export type RecordedProgress = Pick<
  Page,
  'nextCursor' | 'resumeCursor' | 'complete' | 'searchedThrough' | 'removed' | 'notSearched'
>;

/** The maximum number of entries in one BatchGetItem call. */
const maxBatch = 100;

interface Candidate {
  readonly index: number;
  readonly item: ListItem;
  readonly stored: StoredEntry;
}

/** Reads the matches of a query in leaf order. */
export class RecordedScan {
  /** The index of the next leaf. */
  position: number;
  /** Read units consumed. */
  readUnits = 0;
  /** The number of entries read. */
  readCount = 0;
  readonly #query: Query;
  readonly #caller: Caller;
  readonly #ports: RecordedPorts;
  readonly #size: number;
  readonly #batches: AsyncGenerator<BatchOrder, void, undefined>;
  readonly #details: DetailSearch | undefined;
  readonly #removed: { readonly index: number; readonly count: number }[] = [];
  #batch: BatchOrder | undefined;
  #chunk: DetailChunk = { entries: new Map(), readUnits: 0 };
  #notSearched: NotSearched | undefined;
  #searchedThroughMillis: number;
  #found = 0;

  /**
   * Opens the log at the query's cursor, or at its start. Fails with INVALID_CURSOR if the cursor belongs to another query
   * or caller, or to a log that has more entries than this one.
   */
  static async open(query: Query, caller: Caller, ports: RecordedPorts): Promise<RecordedScan> {
    const cursor = query.cursor === undefined ? undefined : decodeLogCursor(query.cursor, query, caller);
    const log = await ports.openLog(caller.organizationId);
    const head = await log.readHead();
    const size = head?.edge.size ?? 0;
    const first = async () =>
      head === undefined || query.recordedFromMillis === undefined
        ? 0
        : log.findFirst(query.recordedFromMillis, head);
    const position = cursor === undefined ? await first() : cursor.requireWithin(size);
    const sealedMillis = head && readBatchRecordKey(head.recordKey)?.decidedAtMillis;
    const batches = log.readOrder(position, size);
    return new RecordedScan({ query, caller, ports, position, size, batches, sealedMillis });
  }

  private constructor(start: {
    readonly query: Query;
    readonly caller: Caller;
    readonly ports: RecordedPorts;
    readonly position: number;
    readonly size: number;
    readonly batches: AsyncGenerator<BatchOrder, void, undefined>;
    readonly sealedMillis: number | undefined;
  }) {
    this.#query = start.query;
    this.#caller = start.caller;
    this.#ports = start.ports;
    this.position = start.position;
    this.#size = start.size;
    this.#batches = start.batches;
    this.#searchedThroughMillis = start.sealedMillis ?? 0;
    const read = { getDetails: async () => this.#chunk };
    this.#details = DetailSearch.of(start.query.filters, read, start.caller.organizationId);
  }

  /** Whether every sealed entry has been searched. */
  get isAtEnd(): boolean {
    return this.position >= this.#size;
  }

  /**
   * Returns the next matches, at most `limit`. Stops when the budget is used up, but not before it has examined at least
   * one entry. Fails with LOG_CONTRADICTED and STORE_UNAVAILABLE.
   */
  async take(limit: number, { readUnits, deadline }: PageBudget): Promise<RecordedMatch[]> {
    const taken: RecordedMatch[] = [];
    const isUsedUp = () => this.readUnits >= readUnits || this.#ports.now() >= deadline;
    for (let isFirst = true; taken.length < limit && !this.isAtEnd; isFirst = false) {
      if (!isFirst && isUsedUp()) break;
      const batch = await this.#findBatch();
      if (batch === undefined) this.#skipTo(this.#size);
      else await this.#takeFrom(batch, limit - taken.length, deadline, taken);
    }
    return taken;
  }

  /** Returns how a page continues that ends before the leaf with this index. */
  progressAt(position: number): RecordedProgress {
    const cursor = encodeLogCursor(position, this.#query, this.#caller);
    const complete = position >= this.#size;
    const removed = this.#removed.reduce((sum, gap) => sum + (gap.index < position ? gap.count : 0), 0);
    const notSearched = addNotSearched(this.#notSearched, this.#details?.report().notSearched);
    return {
      nextCursor: complete ? null : cursor,
      resumeCursor: cursor,
      complete,
      searchedThrough: new Date(this.#searchedThroughMillis).toISOString(),
      ...(removed > 0 && { removed }),
      ...(notSearched && { notSearched }),
    };
  }

  /** Returns the batch with the next leaf, or the next batch that still has its order object. */
  async #findBatch(): Promise<BatchOrder | undefined> {
    while (this.#batch === undefined || this.position >= this.#batch.first + this.#batch.ids.length) {
      const { value } = await this.#batches.next();
      if (value === undefined) return undefined;
      this.#batch = value;
      if (value.first > this.position) this.#skipTo(value.first);
    }
    return this.#batch;
  }

  /** Counts leaves whose entries have expired together with the order of their batch. */
  #skipTo(index: number): void {
    this.#removed.push({ index: this.position, count: index - this.position });
    this.position = index;
  }

  async #takeFrom(batch: BatchOrder, missing: number, deadline: number, taken: RecordedMatch[]) {
    const leaves = this.#nextLeaves(batch, missing);
    const end = this.position + leaves.length;
    const candidates = await this.#readCandidates(leaves);
    const items = candidates.map(({ item }) => item);
    const answers = this.#details
      ? await this.#details.check(items, deadline, this.#ports.now)
      : items.map(() => true);
    const disputed = await this.#findDisputed(items.filter((_, place) => answers[place]));
    this.#searchedThroughMillis = batch.decidedAtMillis;
    const at = new Date(batch.decidedAtMillis).toISOString();
    const enough = taken.length + missing;
    for (const [place, isMatch] of answers.entries()) {
      const { index, item, stored } = candidates[place] as Candidate;
      if (!isMatch || disputed?.has(item.id) === false) continue;
      taken.push({ item, sealed: { index, at }, stored });
      this.#found++;
      if (taken.length < enough) continue;
      this.position = index + 1;
      return;
    }
    this.position = candidates[answers.length]?.index ?? end;
  }

  /** Returns the next leaves of a batch: as many as probably contain the missing matches. */
  #nextLeaves(batch: BatchOrder, missing: number): readonly (string | null)[] {
    const isFiltering = this.#found < this.readCount;
    const rate = isFiltering ? Math.min(1, estimateHitRate(this.readCount, this.#found)) : 1;
    const entries = Math.min(maxBatch, Math.ceil(missing / rate));
    const start = this.position - batch.first;
    let end = start;
    for (let count = 0; end < batch.ids.length && count < entries; end++) {
      if (batch.ids[end] !== null) count++;
    }
    return batch.ids.slice(start, end);
  }

  async #readCandidates(leaves: readonly (string | null)[]): Promise<Candidate[]> {
    const ids = leaves.filter((id) => id !== null);
    if (ids.length === 0) return [];
    const chunk = await this.#ports.details.getDetails(this.#caller.organizationId, ids);
    this.readUnits += chunk.readUnits;
    this.readCount += ids.length;
    // The search in details asks for the same entries again.
    this.#chunk = { ...chunk, readUnits: 0 };
    const now = this.#ports.now();
    const first = this.position;
    const unreadable: string[] = [];
    const candidates: Candidate[] = [];
    for (const [offset, id] of leaves.entries()) {
      if (id === null) continue;
      const index = first + offset;
      const stored = chunk.entries.get(id);
      const item = stored && toListItem(stored.head);
      if (chunk.unreadable?.has(id)) unreadable.push(id);
      else if (item === undefined || !isCurrent(item, now)) this.#removed.push({ index, count: 1 });
      else if (this.#isCandidate(item, now)) candidates.push({ index, item, stored: stored as StoredEntry });
    }
    if (unreadable.length > 0) {
      this.#notSearched = addNotSearched(this.#notSearched, { count: unreadable.length, ids: unreadable });
    }
    return candidates;
  }

  #isCandidate(item: ListItem, now: number): boolean {
    return matches(item, this.#query, this.#caller, now) && this.#details?.isCandidate(item) !== false;
  }

  /** Returns `undefined` if the query does not filter disputed entries. */
  async #findDisputed(items: readonly ListItem[]): Promise<ReadonlySet<string> | undefined> {
    if (this.#query.filters.disputed === undefined) return undefined;
    if (items.length === 0) return new Set();
    const ids = items.map(({ id }) => id);
    const found = await this.#ports.details.disputes.findDisputed(this.#caller.organizationId, ids);
    this.readUnits += found.readUnits;
    return found.ids;
  }
}
