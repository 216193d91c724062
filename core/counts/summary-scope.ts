// Determines the range of a summary, the period that it is compared with, and the buckets of both.
import { invalidParameter } from '../values/errors.ts';
import { chooseInterval, type Interval } from './intervals.ts';
import { findPreviousPeriod, type Period, type PreviousPeriod } from './periods.ts';
import type { SummaryQuery } from './summary-query.ts';
import { bucketLimit, TimeBuckets } from './time-buckets.ts';

/** What a summary counts. */
export interface Scope {
  readonly range: Period;
  readonly previous: PreviousPeriod | undefined;
  /** The range together with the period before it. */
  readonly period: Period;
  readonly interval: Interval | undefined;
  readonly buckets: TimeBuckets | undefined;
}

/**
 * Returns what the request counts. The range ends at `asOfMillis` unless the request names its end. Fails with
 * INVALID_PARAMETER if there are too many buckets.
 */
export function findScope(request: SummaryQuery, asOfMillis: number): Scope {
  const { query, hasEnd, groupBy, zone, isCompared } = request;
  const { fromMillis } = query;
  const range = {
    fromMillis,
    toMillis: hasEnd ? query.toMillis : Math.min(query.toMillis, Math.max(fromMillis, asOfMillis)),
  };
  const previous = isCompared ? findPreviousPeriod(range, zone) : undefined;
  const period = { fromMillis: previous?.fromMillis ?? fromMillis, toMillis: range.toMillis };
  if (!groupBy.includes('time')) return { range, previous, period, interval: undefined, buckets: undefined };
  const interval = request.interval ?? chooseInterval(range.toMillis - fromMillis);
  const buckets = TimeBuckets.of(interval, range, previous, zone);
  if (buckets === undefined) {
    const remedy = interval === 'week' ? 'a shorter range' : 'a longer interval or a shorter range';
    const start = fromMillis === 0 ? ', because the range begins in 1970 without from' : '';
    throw invalidParameter('interval', `must divide the range into ${bucketLimit}; choose ${remedy}${start}`);
  }
  return { range, previous, period, interval, buckets };
}
