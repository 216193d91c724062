import { describe, expect, it } from 'vitest';
import { calendarPeriods, findCalendarPeriod } from '../../../dashboard/src/filters/calendar-period.ts';

describe('findCalendarPeriod', () => {
  const find = (now: string) =>
    calendarPeriods.map((period) => {
      const { first, last } = findCalendarPeriod(period, Date.parse(now), 'utc');
      return `${first} to ${last}`;
    });

  it('returns complete days, weeks from Monday, and months', () => {
    expect(find('2026-11-30T23:59:59Z')).toEqual([
      '2026-11-29 to 2026-11-29',
      '2026-11-23 to 2026-11-29',
      '2026-10-01 to 2026-10-31',
    ]);
    expect(find('2027-01-03T00:00:00Z')).toEqual([
      '2027-01-02 to 2027-01-02',
      '2026-12-21 to 2026-12-27',
      '2026-12-01 to 2026-12-31',
    ]);
  });
});
