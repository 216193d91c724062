import { describe, expect, it } from 'vitest';
import { chooseInterval, listStarts } from '../../../core/counts/intervals.ts';
import { findPreviousPeriod } from '../../../core/counts/periods.ts';
import { TimeZone } from '../../../core/counts/time-zone.ts';

const zoneOf = (name: string) => TimeZone.find(name) as TimeZone;
const rangeOf = (from: string, to: string) => ({ fromMillis: Date.parse(from), toMillis: Date.parse(to) });
const iso = (instant: number) => new Date(instant).toISOString();

describe('TimeZone', () => {
  it('accepts IANA names only', () => {
    for (const name of ['UTC', 'Europe/Berlin', 'asia/kolkata']) expect(TimeZone.find(name)).toBeDefined();
    for (const name of ['', 'Mars/Olympus', '+02:00', ' 02:00', 'Europe/', '__proto__']) {
      expect(TimeZone.find(name), name).toBeUndefined();
    }
  });

  it('converts times that clocks show twice to the first instant, and skipped times to the instant after', () => {
    const berlin = zoneOf('Europe/Berlin');
    expect(iso(berlin.toInstant(Date.UTC(2026, 9, 25, 2, 30)))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(berlin.toInstant(Date.UTC(2026, 2, 29, 2, 30)))).toBe('2026-03-29T01:30:00.000Z');
  });

  it('finds the start of a day whose midnight is skipped', () => {
    const cairo = zoneOf('Africa/Cairo');
    expect(iso(cairo.toInstant(Date.UTC(2026, 3, 24)))).toBe('2026-04-23T22:00:00.000Z');
  });
});

describe('listStarts', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25T00:00:00+02:00', '2026-10-25T23:59:59.999+01:00', 25],
    ['Europe/Berlin', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59.999+02:00', 23],
    ['America/New_York', '2026-11-01T00:00:00-04:00', '2026-11-01T23:59:59.999-05:00', 25],
  ])('divides the day of a clock change in %s (%s) into its hours', (name, from, to, count) => {
    expect(listStarts('hour', rangeOf(from, to), zoneOf(name))).toHaveLength(count);
  });

  it('starts days at local midnight on both sides of a clock change', () => {
    const starts = listStarts(
      'day',
      rangeOf('2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z'),
      zoneOf('Europe/Berlin'),
    );
    expect(starts?.map(iso)).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('starts ISO weeks on Monday, across the turn of the year', () => {
    const starts = listStarts('week', rangeOf('2026-12-27T00:00:00Z', '2027-01-05T00:00:00Z'), zoneOf('UTC'));
    expect(starts?.map(iso)).toEqual([
      '2026-12-21T00:00:00.000Z',
      '2026-12-28T00:00:00.000Z',
      '2027-01-04T00:00:00.000Z',
    ]);
  });

  it('skips a day that a zone at the date line does not have', () => {
    const range = rangeOf('2011-12-29T12:00:00Z', '2011-12-31T12:00:00Z');
    expect(listStarts('day', range, zoneOf('Pacific/Apia'))?.map(iso)).toEqual([
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T10:00:00.000Z',
    ]);
  });

  it('makes the hour longer in which clocks change by half an hour', () => {
    const range = rangeOf('2026-04-04T14:00:00Z', '2026-04-04T17:00:00Z');
    expect(listStarts('hour', range, zoneOf('Australia/Lord_Howe'))?.map(iso)).toEqual([
      '2026-04-04T14:00:00.000Z',
      '2026-04-04T15:30:00.000Z',
      '2026-04-04T16:30:00.000Z',
    ]);
  });

  it('gives at most 1,000 buckets', () => {
    const day = 86_400_000;
    const of = (days: number) =>
      listStarts('day', { fromMillis: 0, toMillis: days * day - 1 }, zoneOf('UTC'))?.length;
    expect([of(1000), of(1001), of(4_000_000)]).toEqual([1000, undefined, undefined]);
  });
});

describe('chooseInterval', () => {
  it('chooses hours, days, or weeks by the length of the range', () => {
    const day = 86_400_000;
    expect([1, 4, 5, 31, 184, 366].map((days) => chooseInterval(days * day))).toEqual([
      ...['hour', 'hour', 'day', 'day', 'day', 'week'],
    ]);
  });
});

describe('findPreviousPeriod', () => {
  it.each([
    ['day', '2026-11-05T00:00:00Z', '2026-11-05T23:59:59.999Z', '2026-11-04T00:00:00.000Z'],
    ['week', '2026-11-02T00:00:00Z', '2026-11-08T23:59:59.999Z', '2026-10-26T00:00:00.000Z'],
    ['month', '2026-03-01T00:00:00Z', '2026-03-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z'],
    ['quarter', '2026-10-01T00:00:00Z', '2026-12-31T23:59:59.999Z', '2026-07-01T00:00:00.000Z'],
    ['year', '2025-01-01T00:00:00Z', '2025-12-31T23:59:59.999Z', '2024-01-01T00:00:00.000Z'],
    ['same length', '2026-11-03T00:00:00Z', '2026-11-09T23:59:59.999Z', '2026-10-27T00:00:00.000Z'],
    ['same length', '2026-11-05T08:00:00Z', '2026-11-05T08:59:59.999Z', '2026-11-05T07:00:00.000Z'],
  ])('compares a range with the %s before (%s to %s)', (_, from, to, expected) => {
    const range = rangeOf(from, to);
    const { fromMillis, toMillis } = findPreviousPeriod(range, zoneOf('UTC'));
    expect(iso(fromMillis)).toBe(expected);
    expect(toMillis).toBe(range.fromMillis - 1);
  });

  it('compares a local day with the local day before, of another length', () => {
    const range = rangeOf('2026-10-26T00:00:00+01:00', '2026-10-26T23:59:59.999+01:00');
    const { fromMillis, toPrevious } = findPreviousPeriod(range, zoneOf('Europe/Berlin'));
    expect(iso(fromMillis)).toBe('2026-10-24T22:00:00.000Z');
    const noon = Date.parse('2026-10-26T12:00:00+01:00');
    expect(iso(toPrevious(noon))).toBe('2026-10-25T11:00:00.000Z');
  });
});
