// Reads the details of entries that match all other filters, and checks them. Counts what it reads, and what it cannot
// search: an entry is never left out silently.
import type { ListItem } from '../entry/entry.ts';
import type { Filters } from '../query/filters.ts';
import type { DetailChunk, DetailReader, StoredEntry } from '../storage/ports.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { estimateHitRate } from './adaptive-read-size.ts';
import { DetailFilter } from './detail-filter.ts';
import type { FilledPage, PageBudget } from './fill-page.ts';
import { readVerified } from './read-verified.ts';

/** The maximum number of entries in one BatchGetItem call. */
const maxBatch = 100;

/** The cost of reading one object, in read units: the price of a GET of S3 divided by that of a read unit, rounded up. */
const objectUnits = 4;

/** Errors about one entry, which do not end the search. */
const notSearchable: ReadonlySet<string> = new Set([errorCodes.statesUnreadable, errorCodes.entryAltered]);

/** The maximum number of IDs in `notSearched`. */
const maxNamedEntries = 20;

/** The entries that match all other filters but whose details cannot be read, or were altered. */
export interface NotSearched {
  readonly count: number;
  /** The IDs of the first ones. */
  readonly ids: readonly string[];
}

/** Combines what could not be searched on two pages. */
export function addNotSearched(
  one: NotSearched | undefined,
  other: NotSearched | undefined,
): NotSearched | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { count: one.count + other.count, ids: [...one.ids, ...other.ids].slice(0, maxNamedEntries) };
}

/** Searches in details for one page. */
export class DetailSearch {
  readonly #filter: DetailFilter;
  readonly #reader: DetailReader;
  readonly #organizationId: string;
  readonly #unreadable: string[] = [];
  #checked = 0;
  #found = 0;
  /** The number of entries read. */
  readCount = 0;
  /** Read units consumed. */
  readUnits = 0;

  /** Returns the search, or `undefined` if the query does not filter details. */
  static of(filters: Filters, reader: DetailReader, organizationId: string): DetailSearch | undefined {
    const filter = DetailFilter.of(filters);
    return filter && new DetailSearch(filter, reader, organizationId);
  }

  private constructor(filter: DetailFilter, reader: DetailReader, organizationId: string) {
    this.#filter = filter;
    this.#reader = reader;
    this.#organizationId = organizationId;
  }

  /** Whether the details of the entry could match. */
  isCandidate(item: ListItem): boolean {
    return this.#filter.decide(item) !== false;
  }

  /** Returns the entries that could not be searched, as a part of the page. */
  report(): { readonly notSearched?: NotSearched } {
    const { length } = this.#unreadable;
    if (length === 0) return {};
    return { notSearched: { count: length, ids: this.#unreadable.slice(0, maxNamedEntries) } };
  }

  /** Returns how many candidates to check next, at least 1, if the page still needs `missing` matches. */
  nextBatchSize(missing: number, remainingUnits: number): number {
    const needed = Math.ceil(missing / estimateHitRate(this.#checked, this.#checked === 0 ? 1 : this.#found));
    const unitsPerEntry = this.readCount === 0 ? 0.5 : Math.max(0.5, this.readUnits / this.readCount);
    return Math.max(1, Math.min(needed, Math.floor(remainingUnits / unitsPerEntry), maxBatch));
  }

  /**
   * Returns for each candidate, in order, whether it matches. Returns fewer answers than candidates, but at least one, if
   * the deadline passes. `candidates` are at most as many as `nextBatchSize` returned.
   */
  async check(
    candidates: readonly ListItem[],
    deadline: number,
    now: () => number,
  ): Promise<readonly boolean[]> {
    const unknown = candidates.filter((item) => this.#filter.decide(item) === undefined).map(({ id }) => id);
    const chunk: DetailChunk =
      unknown.length === 0
        ? { entries: new Map(), readUnits: 0 }
        : await this.#reader.getDetails(this.#organizationId, unknown);
    this.readUnits += chunk.readUnits;
    this.readCount += unknown.length;
    const answers: boolean[] = [];
    for (const item of candidates) {
      if (answers.length > 0 && now() >= deadline) break;
      const isMatch = this.#filter.decide(item) ?? (await this.#checkStored(item.id, chunk));
      this.#checked++;
      if (isMatch) this.#found++;
      answers.push(isMatch);
    }
    return answers;
  }

  async #checkStored(id: string, { entries, unreadable }: DetailChunk): Promise<boolean> {
    const stored = entries.get(id);
    if (stored !== undefined) {
      const isMatch = stored.hasObject ? await this.#checkWithObject(stored) : await this.#checkFull(stored);
      if (isMatch !== undefined) return isMatch;
    } else if (!unreadable?.has(id)) {
      // The entry has just expired.
      return false;
    }
    this.#unreadable.push(id);
    return false;
  }

  /** Reads the object only if the filters need it, so the content is verified only then. */
  async #checkWithObject(stored: StoredEntry): Promise<boolean | undefined> {
    if (!this.#filter.acceptsHead(stored.head)) return false;
    if (!this.#filter.needsStates) return true;
    this.readUnits += objectUnits;
    return this.#checkFull(stored);
  }

  /** Verifies the content before it is compared, so that an altered entry is not left out silently. */
  async #checkFull(stored: StoredEntry): Promise<boolean | undefined> {
    try {
      const entry = await readVerified(stored);
      return (
        this.#filter.acceptsHead(entry) && (!this.#filter.needsStates || this.#filter.acceptsStates(entry))
      );
    } catch (error) {
      if (error instanceof RequestLogsError && notSearchable.has(error.code)) return undefined;
      throw error;
    }
  }

  /** Keeps the matches of a page of candidates, until the budget is used up. Checks at least one candidate. */
  async keepMatches(
    page: FilledPage,
    { readUnits, deadline }: PageBudget,
    now: () => number,
  ): Promise<FilledPage> {
    const { items: candidates } = page;
    const items: ListItem[] = [];
    let checked = 0;
    while (checked < candidates.length) {
      const remainingUnits = readUnits - this.readUnits;
      if (checked > 0 && (remainingUnits <= 0 || now() >= deadline)) {
        return { items, stoppedAt: candidates[checked - 1]?.id };
      }
      const size = this.nextBatchSize(candidates.length - checked, remainingUnits);
      const answers = await this.check(candidates.slice(checked, checked + size), deadline, now);
      for (const [place, isMatch] of answers.entries()) {
        if (isMatch) items.push(candidates[checked + place] as ListItem);
      }
      checked += answers.length;
    }
    return { items, stoppedAt: page.stoppedAt };
  }
}
