// Arranges the counts of a histogram as bars, and converts positions on it to time ranges.
import { type Interval, listStarts, nextInterval } from '../../../core/counts/intervals.ts';
import type { Summary } from '../../../core/counts/summary.ts';
import { TimeZone } from '../../../core/counts/time-zone.ts';
import type { TimeRange } from '../search/search.ts';

/** The parts of a bar, from the bottom. */
export const segmentNames = ['CREATE', 'UPDATE', 'DELETE', 'denied'] as const;
export type SegmentName = (typeof segmentNames)[number];

/** One hour, day, or week. */
export interface Bar {
  /** The time that it covers, in epoch milliseconds, both inclusive, within the range of the summary. */
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly segments: Readonly<Record<SegmentName, number>>;
  /** The number of entries at the same place in the previous period. */
  readonly previous: number;
}

const noSegments = { CREATE: 0, UPDATE: 0, DELETE: 0, denied: 0 };

/** Returns a bar for each hour, day, or week of the range, oldest first, including those without entries. */
export function toBars({ from, to, timeZone, interval, groups }: Summary): readonly Bar[] {
  const zone = TimeZone.find(timeZone);
  const range = { fromMillis: Date.parse(from), toMillis: Date.parse(to) };
  const starts = zone && interval && listStarts(interval, range, zone);
  if (zone === undefined || interval === undefined || starts === undefined) return [];
  const bars = new Map(
    starts.map((start) => [
      start,
      { ...toSpan(start, interval, range, zone), segments: { ...noSegments }, previous: 0 },
    ]),
  );
  for (const { key, count, denied, previous } of groups) {
    const bar = bars.get(Date.parse(key.time ?? ''));
    if (bar === undefined) continue;
    const action = segmentNames.find((name) => name === key.action);
    if (action !== undefined) bar.segments[action] += count;
    bar.segments.denied += denied;
    bar.previous += (previous?.count ?? 0) + (previous?.denied ?? 0);
  }
  return [...bars.values()];
}

function toSpan(
  start: number,
  interval: Interval,
  range: { readonly fromMillis: number; readonly toMillis: number },
  zone: TimeZone,
): Pick<Bar, 'fromMillis' | 'toMillis'> {
  return {
    fromMillis: Math.max(start, range.fromMillis),
    toMillis: Math.min(nextInterval(interval, start, zone) - 1, range.toMillis),
  };
}

/** Returns the number of entries of a bar. */
export function sizeOf({ segments }: Pick<Bar, 'segments'>): number {
  return segmentNames.reduce((sum, name) => sum + segments[name], 0);
}

/** Returns the range from one bar to another, in either order. */
export function toRange(bars: readonly Bar[], one: number, other: number): TimeRange {
  const [first, last] = [bars[Math.min(one, other)], bars[Math.max(one, other)]];
  if (first === undefined || last === undefined) return { type: 'any' };
  return {
    type: 'between',
    from: new Date(first.fromMillis).toISOString(),
    to: new Date(last.toMillis).toISOString(),
  };
}

/** Returns the index of the bar at a place between 0 (the left edge) and 1. */
export function findBar(count: number, place: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(place * count)));
}

/** Rounds up to a number that is easy to read: 1, 2, or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((rounded) => rounded >= value) ?? value;
}
