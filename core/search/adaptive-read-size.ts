// How many entries to read next: what the page still needs, at the rate of matches seen so far.

/**
 * Entries in half a read unit, the smallest amount DynamoDB bills (4 KiB, eventually consistent). Measured: index entries
 * of ordinary events have 330 to 400 bytes.
 */
export const entriesPerHalfUnit = 11;

/** From so many entries on, what they cost is taken for what the next ones will. */
const minMeasured = 100;

/** Most entries asked for in one read: what 1 MB, DynamoDB's own limit, holds. */
const maxChunkEntries = 3000;

/** A scan that is expected to hold no more than this is read to its end, read units 6 to 8. */
const nearEndEntries = 150;

export interface SearchProgress {
  /** Matches that the page still lacks. */
  readonly missing: number;
  /** Entries looked at so far, and how many of them matched. */
  readonly searched: number;
  readonly found: number;
  /** Entries that the scan is expected to hold yet. */
  readonly expectedLeft: number;
  /** Read units that may still be spent. */
  readonly unitsLeft: number;
  /** Read units that looking at `searched` entries cost. */
  readonly spentUnits: number;
}

/** Share of entries that match, never 0: half a match is added to what was seen. */
export function estimateHitRate(searched: number, found: number): number {
  return (found + 0.5) / (searched + 1);
}

/** Entries to read next. */
export function nextReadSize(progress: SearchProgress): number {
  const { missing, searched, found, expectedLeft, unitsLeft, spentUnits } = progress;
  const rate = searched === 0 ? 1 : Math.min(1, estimateHitRate(searched, found));
  const expected = missing / rate;
  // Half a standard deviation more, so that a chunk that was nearly enough is seldom followed by a tiny one.
  const wanted = Math.ceil(expected + (0.5 * Math.sqrt(missing * (1 - rate))) / rate);
  // Grows with what was seen: a rate guessed from few entries must not read far beyond the page.
  // What is left of a scan that nears its end is read at once: what is not there costs nothing.
  const nearEnd = expectedLeft <= nearEndEntries ? 2 * (expectedLeft + entriesPerHalfUnit) : 0;
  const trusted = Math.max(missing, searched, nearEnd);
  // Entries may be larger than ordinary ones.
  const perUnit = searched < minMeasured ? 2 * entriesPerHalfUnit : searched / spentUnits;
  const affordable = Math.ceil(unitsLeft * Math.min(perUnit, 2 * entriesPerHalfUnit));
  return Math.max(1, Math.min(wanted, trusted, affordable, maxChunkEntries));
}
