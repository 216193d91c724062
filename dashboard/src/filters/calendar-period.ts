// Finds the days of complete calendar periods, such as last week, in the time zone of the page.
import { floorToWeek } from '../../../core/counts/intervals.ts';
import { dayMillis } from '../../../core/values/timestamp.ts';
import { offsetMinutes, type TimeZone } from '../time/format-time.ts';
import { toWallTime } from '../time/wall-time.ts';

/** The periods. Only complete ones, because a count compares a calendar period with the one before. */
export const calendarPeriods = ['Yesterday', 'Last week', 'Last month'] as const;
export type CalendarPeriod = (typeof calendarPeriods)[number];

/** Returns the first and the last day, as `2026-11-23`. Weeks begin on Monday. */
export function findCalendarPeriod(
  period: CalendarPeriod,
  nowMillis: number,
  zone: TimeZone,
): { readonly first: string; readonly last: string } {
  const today = Date.parse(toWallTime(nowMillis, (at) => offsetMinutes(at, zone)).slice(0, 10));
  const [first, next] = findBounds(period, today);
  return { first: formatDay(first), last: formatDay(next - dayMillis) };
}

/** Returns the first day, and the day after the last one. Days are numbers as if they were in UTC. */
function findBounds(period: CalendarPeriod, today: number): readonly [first: number, next: number] {
  if (period === 'Yesterday') return [today - dayMillis, today];
  if (period === 'Last week') return [floorToWeek(today) - 7 * dayMillis, floorToWeek(today)];
  const [year, month] = [new Date(today).getUTCFullYear(), new Date(today).getUTCMonth()];
  return [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)];
}

function formatDay(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}
