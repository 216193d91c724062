// Counts entries for all groupings of a request at once, and writes the answer.
import type { NotSearched } from '../search/detail-search.ts';
import type { Countable } from './countable.ts';
import { rankGroups } from './rank-groups.ts';
import type { Dimension, Group, Summary } from './summary.ts';
import type { SummaryQuery } from './summary-query.ts';
import type { Scope } from './summary-scope.ts';
import { Tally } from './tally.ts';

/** An upper bound for the groups of a partial answer, in bytes. A Lambda response is limited to 6 MB. */
const maxGroupBytes = 4_000_000;

const noEntries: Group = { key: {}, count: 0, denied: 0 };

/** Where the counts of an answer end. */
export interface Outcome {
  readonly nextCursor: string | null;
  /** Whether the answer continues an earlier one. */
  readonly isContinued: boolean;
  readonly searchedThroughMillis: number;
  /** Entries recorded later are not counted. `undefined` without such a limit. */
  readonly recordedToMillis: number | undefined;
  /** The size of the sealed log that repeats the numbers. */
  readonly asOf?: number | undefined;
  /** An upper bound for the entries that are not counted yet. */
  readonly entriesLeft?: number | undefined;
  readonly notSearched?: NotSearched | undefined;
}

/** Counts the entries of one answer. */
export class SummaryCounter {
  /** The number of entries counted. */
  count = 0;
  readonly #request: SummaryQuery;
  readonly #scope: Scope;
  readonly #totals: Tally;
  readonly #main: Tally;
  readonly #lists: readonly (readonly [Dimension, Tally])[];

  constructor(request: SummaryQuery, scope: Scope) {
    this.#request = request;
    this.#scope = scope;
    const { isCompared, groupBy, topLists } = request;
    const { range, buckets } = scope;
    const options = { fromMillis: range.fromMillis, isCompared, buckets };
    this.#totals = new Tally({ ...options, groupBy: [] });
    this.#main = new Tally({ ...options, groupBy });
    this.#lists = topLists.map((name) => [name, new Tally({ ...options, groupBy: [name] })] as const);
  }

  /** Counts an entry of the range or of the period before it. `timeMillis` is the time of its action. */
  add(entry: Countable, timeMillis: number): void {
    this.count++;
    this.#totals.add(entry, timeMillis);
    this.#main.add(entry, timeMillis);
    for (const [, tally] of this.#lists) tally.add(entry, timeMillis);
  }

  /** Whether the groups have reached their size limit. */
  get isFull(): boolean {
    return this.#lists.reduce((bytes, [, tally]) => bytes + tally.bytes, this.#main.bytes) >= maxGroupBytes;
  }

  /** Returns the answer. A part lists all its groups, because a group that is small in it can be large in the sum. */
  toSummary(outcome: Outcome): Summary {
    const { groupBy, topLists, zone, orderBy: order, top } = this.#request;
    const { range, previous, interval } = this.#scope;
    const isPart = outcome.nextCursor !== null || outcome.isContinued;
    const rank = (dimensions: readonly Dimension[], tally: Tally) =>
      rankGroups(tally.groups, { groupBy: dimensions, order, top: isPart ? undefined : top });
    const [total = noEntries] = this.#totals.groups;
    const { recordedToMillis, asOf, entriesLeft, notSearched } = outcome;
    return {
      from: toIsoTime(range.fromMillis),
      to: toIsoTime(range.toMillis),
      timeZone: zone.name,
      ...(interval && { interval }),
      ...rank(groupBy, this.#main),
      total: total.count,
      denied: total.denied,
      ...(previous && {
        previous: {
          from: toIsoTime(previous.fromMillis),
          to: toIsoTime(previous.toMillis),
          total: total.previous?.count ?? 0,
          denied: total.previous?.denied ?? 0,
        },
      }),
      ...(topLists.length > 0 && { topLists: this.#lists.map(([name, tally]) => rank([name], tally)) }),
      exact: !isPart && notSearched === undefined,
      ...(entriesLeft !== undefined && { atMost: this.count + entriesLeft }),
      searchedThrough: toIsoTime(outcome.searchedThroughMillis),
      nextCursor: outcome.nextCursor,
      ...(asOf !== undefined && { asOf }),
      ...(recordedToMillis !== undefined && { recordedTo: toIsoTime(recordedToMillis) }),
      ...(notSearched && { notSearched }),
    };
  }
}

function toIsoTime(millis: number): string {
  return new Date(millis).toISOString();
}
