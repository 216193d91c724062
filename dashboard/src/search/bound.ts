// A bound of a range of time, in the forms that the API takes.
import { dayMillis, parseRfc3339, parseUtcDay } from '../../../core/values/timestamp.ts';

/** Epoch milliseconds of a bound, inclusive; a UTC day counts from its start or to its end. `undefined` when it is none. */
export function readBound(bound: string, edge: 'from' | 'to'): number | undefined {
  const day = parseUtcDay(bound);
  if (day === undefined) return parseRfc3339(bound);
  return edge === 'from' ? day : day + dayMillis - 1;
}
