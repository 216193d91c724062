// Fills a page of a caller who is limited to accounts from the time index, which also holds entries of other accounts.
// Must not show how many there are: neither the length of a page nor the place where it ends depends on their number.
import type { ListItem } from '../entry/entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt, maxTimeMillis, timeOf } from '../entry/entry-id.ts';
import type { Query } from '../query/query.ts';
import type { FilledPage } from './fill-page.ts';
import type { KWayMerge } from './k-way-merge.ts';
import type { StreamRange } from './partition-stream.ts';

/** A time range, epoch milliseconds, both ends inclusive. */
interface Window {
  readonly low: number;
  readonly high: number;
}

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

/** The lengths of windows. Each divides the next, so that every window lies in one longer window. */
const windowMillis = [
  ...[1, 10, 100, second, 10 * second, 60 * second, 600 * second],
  ...[hour, 6 * hour, day, 8 * day, 64 * day, 512 * day],
];

/** Entries that a read unit holds at least: index entries have at most 640 bytes on average. */
const entriesPerUnit = 12;

const smallestChunk = 50;

/** What a page reads. */
export interface WindowSearch {
  readonly query: Query;
  /** The ID behind which the page starts. Absent for the first page. */
  readonly position: string | undefined;
  /** The read units of a page. One millisecond of entries is always read, whatever it costs. */
  readonly readUnits: number;
  readonly isMatch: (item: ListItem) => boolean;
  /** The latest time of an entry. */
  readonly latestMillis: number;
  readonly openScan: (range: StreamRange) => KWayMerge;
}

/**
 * Fills a page with the matches in a window around its start. The windows are fixed parts of the time line, such as an
 * hour or a day, and the page uses the longest window that the budget allows it to read completely, with the part that
 * lies behind its start. So a page that is not full shows only that the next longer window has more entries than the
 * budget, and a caller who moves the start or the end of the range learns nothing more.
 */
export async function fillFromWindow(search: WindowSearch): Promise<FilledPage> {
  const { query, isMatch } = search;
  const isDesc = query.order === 'desc';
  const start = firstMillisOf(search);
  const end = isDesc ? query.fromMillis : Math.min(query.toMillis, search.latestMillis);
  if (isDesc ? start < end : start > end) return { items: [], stoppedAt: undefined };

  const windows = windowsAround(start);
  const widest = shortestWith(windows, end);
  const maxEntries = Math.floor((search.readUnits * entriesPerUnit) / 2);
  const edgeOf = (window: Window) => (isDesc ? window.low : window.high);
  const ahead = new Lane(search.openScan(rangeAhead(search, widest)), query.order);
  const matches: ListItem[] = [];
  let target = widest;
  while (ahead.items.length <= maxEntries) {
    const item = await ahead.readNext(edgeOf(target), maxEntries + 1);
    if (item === undefined) break;
    if (matches.length < query.limit && isInRange(item, query) && isMatch(item)) {
      matches.push(item);
      if (matches.length === query.limit) target = shortestWith(windows, timeOf(item.id));
    }
  }
  const candidates = windows.slice(0, windows.indexOf(target) + 1);
  const isAffordable = (window: Window, ...lanes: Lane[]) =>
    lanes.reduce((sum, lane) => sum + lane.countWithin(window), 0) <= maxEntries;
  const widestAhead = candidates.findLast((window) => isAffordable(window, ahead)) ?? (windows[0] as Window);
  const behind = new Lane(search.openScan(rangeBehind(search, widestAhead)), isDesc ? 'asc' : 'desc');
  const behindEdge = isDesc ? widestAhead.high : widestAhead.low;
  while (behind.items.length <= maxEntries) {
    if ((await behind.readNext(behindEdge, maxEntries + 1)) === undefined) break;
  }
  const window = candidates.findLast((one) => isAffordable(one, ahead, behind)) ?? (windows[0] as Window);
  if (!isAffordable(window, ahead, behind)) {
    // Every page makes progress, so the shortest window is read whatever it holds.
    while ((await ahead.readNext(edgeOf(window), Number.POSITIVE_INFINITY)) !== undefined);
  }

  const found = ahead.items.filter(
    (item) => isWithin(item, window) && isInRange(item, query) && isMatch(item),
  );
  const items = found.slice(0, query.limit);
  const isAtEnd = isDesc ? window.low <= end : window.high >= end;
  if (items.length === query.limit && (found.length > query.limit || !isAtEnd)) {
    return { items, stoppedAt: items.at(-1)?.id };
  }
  if (isAtEnd) return { items, stoppedAt: undefined };
  return { items, stoppedAt: isDesc ? lowestIdAt(window.low) : highestIdAt(window.high) };
}

/** One direction of the search: what was read of it, in order. */
class Lane {
  readonly items: ListItem[] = [];
  readonly #scan: KWayMerge;
  readonly #isDesc: boolean;
  /** Read, but beyond the edge asked for. */
  #next: ListItem | undefined;

  constructor(scan: KWayMerge, order: 'asc' | 'desc') {
    this.#scan = scan;
    this.#isDesc = order === 'desc';
  }

  /** Reads the next entry up to the edge; `undefined` if there is none. Fetches at most about `maxEntries` in total. */
  async readNext(edgeMillis: number, maxEntries: number): Promise<ListItem | undefined> {
    this.#next ??= await this.#fetch(maxEntries);
    const item = this.#next;
    if (item === undefined) return undefined;
    const time = timeOf(item.id);
    if (this.#isDesc ? time < edgeMillis : time > edgeMillis) return undefined;
    this.#next = undefined;
    this.items.push(item);
    return item;
  }

  async #fetch(maxEntries: number): Promise<ListItem | undefined> {
    while (this.#scan.needsRead) {
      const left = Math.max(1, maxEntries - this.items.length);
      await this.#scan.refill(Math.min(left, Math.max(smallestChunk, this.items.length)));
    }
    return this.#scan.take();
  }

  countWithin(window: Window): number {
    return this.items.filter((item) => isWithin(item, window)).length;
  }
}

/** The first millisecond that the page has not searched completely. */
function firstMillisOf({ query, position, latestMillis }: WindowSearch): number {
  const isDesc = query.order === 'desc';
  if (position === undefined) return isDesc ? Math.min(query.toMillis, latestMillis) : query.fromMillis;
  const millis = timeOf(position);
  const isSearched = position === (isDesc ? lowestIdAt(millis) : highestIdAt(millis));
  if (!isSearched) return isDesc ? Math.min(millis, latestMillis, query.toMillis) : millis;
  return isDesc ? millis - 1 : millis + 1;
}

/** The windows that hold this time, the shortest first; the last one is all of time. */
function windowsAround(millis: number): readonly Window[] {
  const windows = windowMillis.map((length) => {
    const low = Math.floor(millis / length) * length;
    return { low, high: low + length - 1 };
  });
  return [...windows, { low: 0, high: maxTimeMillis }];
}

function shortestWith(windows: readonly Window[], millis: number): Window {
  return windows.find(({ low, high }) => low <= millis && millis <= high) ?? (windows.at(-1) as Window);
}

function isWithin(item: ListItem, { low, high }: Window): boolean {
  const time = timeOf(item.id);
  return low <= time && time <= high;
}

function isInRange(item: ListItem, { fromMillis, toMillis }: Query): boolean {
  return isWithin(item, { low: fromMillis, high: toMillis });
}

function rangeAhead({ query, position }: WindowSearch, { low, high }: Window): StreamRange {
  const { fromMillis, toMillis, order } = query;
  if (order === 'desc') {
    const highestId = position === undefined ? highestIdAt(toMillis) : justBefore(position);
    return { lowestId: lowestIdAt(low), highestId, order };
  }
  const lowestId = position === undefined ? lowestIdAt(fromMillis) : justAfter(position);
  return { lowestId, highestId: highestIdAt(high), order };
}

/** What of the window lies behind the start of the page, read away from it. */
function rangeBehind({ query, position }: WindowSearch, { low, high }: Window): StreamRange {
  const { fromMillis, toMillis, order } = query;
  if (order === 'desc') {
    const lowestId = position ?? justAfter(highestIdAt(toMillis));
    return { lowestId, highestId: highestIdAt(high), order: 'asc' };
  }
  const highestId = position ?? justBefore(lowestIdAt(fromMillis));
  return { lowestId: lowestIdAt(low), highestId, order: 'desc' };
}
