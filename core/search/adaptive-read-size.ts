// Sizes the next read of a search from the number of matches that the page still needs and the match rate so far.

/**
 * Index entries in half a read unit (4 KiB, eventually consistent), the smallest amount that DynamoDB bills. Index
 * entries of typical events measure 330 to 400 bytes.
 */
export const entriesPerHalfUnit = 11;

/** The number of entries after which their measured cost predicts the cost of the next ones. */
const minMeasured = 100;

/** The maximum number of entries to request in one read, which fit in DynamoDB's limit of 1 MB. */
export const maxChunkEntries = 3000;

/** A scan with at most this many expected entries is read to its end, which costs 6 to 8 read units. */
const nearEndEntries = 150;

/** How far a page has come. */
export interface SearchProgress {
  /** The number of matches that the page still needs. */
  readonly missing: number;
  /** Entries examined so far. */
  readonly searched: number;
  /** Entries that matched so far. */
  readonly found: number;
  /** The estimated number of entries that the scan has not read yet. */
  readonly estimatedRemaining: number;
  /** Read units left in the budget. */
  readonly remainingUnits: number;
  /** Read units consumed to examine `searched` entries. */
  readonly consumedUnits: number;
}

/** Estimates the fraction of entries that match. Adds half a match, so that the result is never 0. */
export function estimateHitRate(searched: number, found: number): number {
  return (found + 0.5) / (searched + 1);
}

/** Returns the number of entries to read next, at least 1. */
export function nextReadSize(progress: SearchProgress): number {
  const { missing, searched, found, estimatedRemaining, remainingUnits, consumedUnits } = progress;
  const rate = searched === 0 ? 1 : Math.min(1, estimateHitRate(searched, found));
  const expected = missing / rate;
  // Half a standard deviation extra makes a tiny follow-up read unlikely.
  const needed = Math.ceil(expected + (0.5 * Math.sqrt(missing * (1 - rate))) / rate);
  // Near the end of the scan, one read gets all remaining entries. Requesting more than exist costs nothing.
  const nearEnd = estimatedRemaining <= nearEndEntries ? 2 * (estimatedRemaining + entriesPerHalfUnit) : 0;
  // A match rate estimated from few entries must not cause a read far beyond the page.
  const maxGrowth = Math.max(missing, searched, nearEnd);
  // The measured size applies if entries are larger than typical ones.
  const perUnit = searched < minMeasured ? 2 * entriesPerHalfUnit : searched / consumedUnits;
  const affordable = Math.ceil(remainingUnits * Math.min(perUnit, 2 * entriesPerHalfUnit));
  return Math.max(1, Math.min(needed, maxGrowth, affordable, maxChunkEntries));
}
