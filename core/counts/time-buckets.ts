// Assigns times to the buckets of a summary. Also runs in browsers.
import { type Interval, listStarts, maxBuckets, startOfInterval } from './intervals.ts';
import type { Period, PreviousPeriod } from './periods.ts';
import type { TimeZone } from './time-zone.ts';

/** The buckets of a range, and of the period that it is compared with. */
export class TimeBuckets {
  readonly #interval: Interval;
  readonly #zone: TimeZone;
  readonly #starts: readonly number[];
  /** Where each bucket starts in the previous period. */
  readonly #previousStarts: readonly number[];
  /** The first instant of the previous period that has no bucket of the range. */
  readonly #previousEnd: number;
  readonly #names = new Map<number, string>();

  /** Returns the buckets, or `undefined` if there are more than `maxBuckets`. */
  static of(
    interval: Interval,
    range: Period,
    previous: PreviousPeriod | undefined,
    zone: TimeZone,
  ): TimeBuckets | undefined {
    const starts = listStarts(interval, range, zone);
    return starts && new TimeBuckets(interval, starts, range, previous, zone);
  }

  private constructor(
    interval: Interval,
    starts: readonly number[],
    range: Period,
    previous: PreviousPeriod | undefined,
    zone: TimeZone,
  ) {
    this.#interval = interval;
    this.#zone = zone;
    this.#starts = starts;
    // Clocks that go back show some wall-clock times twice, so the corresponding times can repeat.
    let latest = Number.NEGATIVE_INFINITY;
    this.#previousStarts = previous
      ? starts.map((start) => (latest = Math.max(latest, previous.toPrevious(start))))
      : [];
    this.#previousEnd = previous ? previous.toPrevious(range.toMillis + 1) : Number.NEGATIVE_INFINITY;
  }

  /** Returns the start of the bucket of a time in the range, as an RFC 3339 time. */
  nameOf(instant: number): string {
    return this.#toName(this.#starts[findLast(this.#starts, instant)] as number);
  }

  /**
   * Returns the bucket that a time of the previous period corresponds to. The days that a shorter range does not have,
   * such as January 31 compared with February, have buckets of their own in the previous period.
   */
  nameOfPrevious(instant: number): string {
    if (instant >= this.#previousEnd) {
      return this.#toName(startOfInterval(this.#interval, instant, this.#zone));
    }
    return this.#toName(this.#starts[findLast(this.#previousStarts, instant)] as number);
  }

  #toName(start: number): string {
    const name = this.#names.get(start) ?? new Date(start).toISOString();
    this.#names.set(start, name);
    return name;
  }
}

/** Describes the limit, for error messages. */
export const bucketLimit = `at most ${maxBuckets.toLocaleString('en')} buckets`;

/** Returns the index of the last start at or before the instant, or 0. */
function findLast(starts: readonly number[], instant: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] as number) <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}
