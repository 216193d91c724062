// Finds the period that a range is compared with, and where a time of one period is in the other. Also runs in browsers.
import { dayMillis } from '../values/timestamp.ts';
import { floorToDay, floorToWeek } from './intervals.ts';
import type { TimeZone } from './time-zone.ts';

/** A time range in epoch milliseconds, both ends inclusive. */
export interface Period {
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** The period before a range. It ends directly before the range starts. */
export interface PreviousPeriod extends Period {
  /** Returns the instant of the previous period that corresponds to an instant of the range. */
  readonly toPrevious: (instant: number) => number;
}

/** The start of the calendar unit that a wall-clock time is in, and the starts of the ones before and after it. */
type Unit = (wall: number) => { readonly start: number; readonly next: number; readonly before: number };

const fixed =
  (floor: (wall: number) => number, length: number): Unit =>
  (wall) => {
    const start = floor(wall);
    return { start, next: start + length, before: start - length };
  };

const months =
  (count: number): Unit =>
  (wall) => {
    const date = new Date(wall);
    const [year, month] = [date.getUTCFullYear(), Math.floor(date.getUTCMonth() / count) * count];
    const at = (shift: number) => Date.UTC(year, month + shift * count, 1);
    return { start: at(0), next: at(1), before: at(-1) };
  };

/** Days, ISO weeks, months, quarters, and years. */
const units: readonly Unit[] = [
  fixed(floorToDay, dayMillis),
  fixed(floorToWeek, 7 * dayMillis),
  months(1),
  months(3),
  months(12),
];

/**
 * Returns the period before a range: the calendar day, ISO week, month, quarter, or year before if the range is exactly
 * one in this time zone, otherwise the same length of time.
 */
export function findPreviousPeriod({ fromMillis, toMillis }: Period, zone: TimeZone): PreviousPeriod {
  const wall = zone.toWall(fromMillis);
  for (const unit of units) {
    const { start, next, before } = unit(wall);
    if (zone.toInstant(start) !== fromMillis || zone.toInstant(next) - 1 !== toMillis) continue;
    return {
      fromMillis: Math.max(0, zone.toInstant(before)),
      toMillis: fromMillis - 1,
      toPrevious: (instant) => zone.toInstant(zone.toWall(instant) - (start - before)),
    };
  }
  const length = toMillis - fromMillis + 1;
  return {
    fromMillis: Math.max(0, fromMillis - length),
    toMillis: fromMillis - 1,
    toPrevious: (instant) => instant - length,
  };
}
