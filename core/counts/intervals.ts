// Divides time into hours, days, and ISO weeks of a time zone, correctly across clock changes. Also runs in browsers.
import { dayMillis } from '../values/timestamp.ts';
import type { TimeZone } from './time-zone.ts';

export const intervals = ['hour', 'day', 'week'] as const;
export type Interval = (typeof intervals)[number];

/** The maximum number of buckets of a summary. */
export const maxBuckets = 1000;

export const hourMillis = 60 * 60 * 1000;

/** The nominal length of an interval. A day with a clock change is longer or shorter. */
export const intervalMillis: Readonly<Record<Interval, number>> = {
  hour: hourMillis,
  day: dayMillis,
  week: 7 * dayMillis,
};

/** The longest ranges that the automatic interval divides into hours, and into days. */
const maxHourlyMillis = 4 * dayMillis;
const maxDailyMillis = 184 * dayMillis;

/** Returns the interval that gives a readable number of buckets for a range of this length. */
export function chooseInterval(lengthMillis: number): Interval {
  if (lengthMillis <= maxHourlyMillis) return 'hour';
  return lengthMillis <= maxDailyMillis ? 'day' : 'week';
}

/** Rounds a wall-clock time down to the start of its day. */
export function floorToDay(wall: number): number {
  return Math.floor(wall / dayMillis) * dayMillis;
}

/** Rounds a wall-clock time down to the start of its ISO week, a Monday. 1970-01-01 was a Thursday. */
export function floorToWeek(wall: number): number {
  const day = Math.floor(wall / dayMillis);
  return (day - ((((day + 3) % 7) + 7) % 7)) * dayMillis;
}

/** Returns the first instant of the interval that contains the instant. */
export function startOfInterval(interval: Interval, instant: number, zone: TimeZone): number {
  const wall = zone.toWall(instant);
  if (interval === 'hour') return instant - (((wall % hourMillis) + hourMillis) % hourMillis);
  return zone.toInstant(interval === 'day' ? floorToDay(wall) : floorToWeek(wall));
}

/** Returns the start of the interval after the one that starts at this instant. */
export function nextInterval(interval: Interval, start: number, zone: TimeZone): number {
  if (interval === 'hour') {
    const next = start + hourMillis;
    // A clock change by a part of an hour makes one hour longer.
    const past = ((zone.toWall(next) % hourMillis) + hourMillis) % hourMillis;
    return past === 0 ? next : next + hourMillis - past;
  }
  const length = intervalMillis[interval];
  const wall = zone.toWall(start);
  const wallStart = interval === 'day' ? floorToDay(wall) : floorToWeek(wall);
  const next = zone.toInstant(wallStart + length);
  // A zone that moves across the date line skips a day.
  return next > start ? next : zone.toInstant(wallStart + 2 * length);
}

/**
 * Returns the starts of all intervals that overlap the range, oldest first. The first one can be before the range.
 * Returns `undefined` if there are more than `maxBuckets`.
 */
export function listStarts(
  interval: Interval,
  range: { readonly fromMillis: number; readonly toMillis: number },
  zone: TimeZone,
): readonly number[] | undefined {
  const { fromMillis, toMillis } = range;
  if ((toMillis - fromMillis) / intervalMillis[interval] > maxBuckets + 1) return undefined;
  const starts = [startOfInterval(interval, fromMillis, zone)];
  for (;;) {
    const next = nextInterval(interval, starts.at(-1) as number, zone);
    if (next > toMillis) return starts;
    if (starts.length === maxBuckets) return undefined;
    starts.push(next);
  }
}
