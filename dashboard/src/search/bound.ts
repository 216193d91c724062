// Parses a bound of a time range, in the formats that the API accepts.
import { dayMillis, parseRfc3339, parseUtcDay } from '../../../core/values/timestamp.ts';

/**
 * Returns a bound in epoch milliseconds, inclusive. A UTC day is its start for `from` and its end for `to`. `undefined` if
 * the bound is invalid.
 */
export function readBound(bound: string, edge: 'from' | 'to'): number | undefined {
  const day = parseUtcDay(bound);
  if (day === undefined) return parseRfc3339(bound);
  return edge === 'from' ? day : day + dayMillis - 1;
}
