// Fills a page from the time index for a caller limited to specific accounts. The index also contains entries of other
// accounts. The page must not reveal their number, so neither its length nor its end depends on them.
import type { ListItem } from '../entry/entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt, maxTimeMillis, timeOf } from '../entry/entry-id.ts';
import type { Query } from '../query/query.ts';
import type { FilledPage } from './fill-page.ts';
import type { KWayMerge } from './k-way-merge.ts';
import type { StreamRange } from './partition-stream.ts';

/** A time range in epoch milliseconds, both ends inclusive. */
interface Window {
  readonly low: number;
  readonly high: number;
}

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

/** The lengths of windows. Each length divides the next, so that every window is inside exactly one longer window. */
const windowMillis = [
  ...[1, 10, 100, second, 10 * second, 60 * second, 600 * second],
  ...[hour, 6 * hour, day, 8 * day, 64 * day, 512 * day],
];

/** The minimum entries per read unit, because index entries have at most 640 bytes on average. */
const entriesPerUnit = 12;

const minChunkEntries = 50;

/** The page to fill. */
export interface WindowSearch {
  readonly query: Query;
  /** The last ID of the previous page, or `undefined` for the first page. */
  readonly position: string | undefined;
  /** The read units of a page. The entries of one millisecond are always read, regardless of the cost. */
  readonly readUnits: number;
  readonly isMatch: (item: ListItem) => boolean;
  /** Receives the entries of the page's window that do not match. What was read beyond it stays hidden. */
  readonly onSkip?: (item: ListItem) => void;
  /** The latest time that an entry can have. */
  readonly latestMillis: number;
  readonly openScan: (range: StreamRange) => KWayMerge;
}

/**
 * Fills a page with the matches in the window that contains its start. Windows are fixed time ranges, such as an hour
 * or a day. The page uses the longest window that the budget can read completely, including the part before the page's
 * start. A page that is not full therefore reveals only that the next longer window exceeds the budget. Moving the
 * start or the end of the range reveals nothing else.
 */
export async function fillFromWindow(search: WindowSearch): Promise<FilledPage> {
  const { query, isMatch } = search;
  const isDesc = query.order === 'desc';
  const start = firstMillisOf(search);
  const end = isDesc ? query.fromMillis : Math.min(query.toMillis, search.latestMillis);
  if (isDesc ? start < end : start > end) return { items: [], stoppedAt: undefined };

  const windows = listWindows(start);
  const widest = findShortest(windows, end);
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
      if (matches.length === query.limit) target = findShortest(windows, timeOf(item.id));
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
    // The shortest window is always read completely, so that every page makes progress.
    while ((await ahead.readNext(edgeOf(window), Number.POSITIVE_INFINITY)) !== undefined);
  }

  const inWindow = ahead.items.filter((item) => isWithin(item, window) && isInRange(item, query));
  const found = inWindow.filter(isMatch);
  if (search.onSkip) for (const item of inWindow) if (!isMatch(item)) search.onSkip(item);
  const items = found.slice(0, query.limit);
  const isAtEnd = isDesc ? window.low <= end : window.high >= end;
  if (items.length === query.limit && (found.length > query.limit || !isAtEnd)) {
    return { items, stoppedAt: items.at(-1)?.id };
  }
  if (isAtEnd) return { items, stoppedAt: undefined };
  return { items, stoppedAt: isDesc ? lowestIdAt(window.low) : highestIdAt(window.high) };
}

/** The entries read in one direction from the start of the page, in order. */
class Lane {
  readonly items: ListItem[] = [];
  readonly #scan: KWayMerge;
  readonly #isDesc: boolean;
  /** An entry that was read but is beyond the edge. */
  #next: ListItem | undefined;

  constructor(scan: KWayMerge, order: 'asc' | 'desc') {
    this.#scan = scan;
    this.#isDesc = order === 'desc';
  }

  /** Returns the next entry up to the edge, or `undefined`. Reads about `maxEntries` entries in total at most. */
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
      await this.#scan.refill(Math.min(left, Math.max(minChunkEntries, this.items.length)));
    }
    return this.#scan.take();
  }

  countWithin(window: Window): number {
    return this.items.filter((item) => isWithin(item, window)).length;
  }
}

/** Returns the first millisecond that previous pages have not searched completely. */
function firstMillisOf({ query, position, latestMillis }: WindowSearch): number {
  const isDesc = query.order === 'desc';
  if (position === undefined) return isDesc ? Math.min(query.toMillis, latestMillis) : query.fromMillis;
  const millis = timeOf(position);
  const isSearched = position === (isDesc ? lowestIdAt(millis) : highestIdAt(millis));
  if (!isSearched) return isDesc ? Math.min(millis, latestMillis, query.toMillis) : millis;
  return isDesc ? millis - 1 : millis + 1;
}

/** Returns the windows that contain this time, shortest first. The last one contains all times. */
function listWindows(millis: number): readonly Window[] {
  const windows = windowMillis.map((length) => {
    const low = Math.floor(millis / length) * length;
    return { low, high: low + length - 1 };
  });
  return [...windows, { low: 0, high: maxTimeMillis }];
}

function findShortest(windows: readonly Window[], millis: number): Window {
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

/** Returns the part of the window before the start of the page, in the opposite order. */
function rangeBehind({ query, position }: WindowSearch, { low, high }: Window): StreamRange {
  const { fromMillis, toMillis, order } = query;
  if (order === 'desc') {
    const lowestId = position ?? justAfter(highestIdAt(toMillis));
    return { lowestId, highestId: highestIdAt(high), order: 'asc' };
  }
  const highestId = position ?? justBefore(lowestIdAt(fromMillis));
  return { lowestId: lowestIdAt(low), highestId, order: 'desc' };
}
