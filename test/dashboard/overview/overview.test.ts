import { describe, expect, it } from 'vitest';
import type { Summary } from '../../../core/counts/summary.ts';
import { findBar, roundUp, toBars, toRange } from '../../../dashboard/src/overview/histogram-bars.ts';
import { toOverviewQuery } from '../../../dashboard/src/overview/overview-query.ts';
import {
  describeBar,
  describeTotals,
  formatBar,
  formatChange,
} from '../../../dashboard/src/overview/overview-text.ts';

const summary: Summary = {
  from: '2026-11-02T12:00:00.000Z',
  to: '2026-11-05T11:59:59.999Z',
  timeZone: 'UTC',
  interval: 'day',
  groupBy: ['time', 'action'],
  groups: [
    {
      key: { time: '2026-10-30T00:00:00.000Z', action: 'CREATE' },
      ...{ count: 0, denied: 0, previous: { count: 1, denied: 0 } },
    },
    {
      key: { time: '2026-11-03T00:00:00.000Z', action: 'CREATE' },
      ...{ count: 2, denied: 1, previous: { count: 1, denied: 1 } },
    },
    { key: { time: '2026-11-03T00:00:00.000Z', action: 'DELETE' }, count: 1200, denied: 2 },
  ],
  others: { groups: 0, count: 0, denied: 0 },
  total: 1202,
  denied: 3,
  previous: { from: '2026-10-30T12:00:00.000Z', to: '2026-11-02T11:59:59.999Z', total: 1300, denied: 1 },
  exact: true,
  searchedThrough: '2026-10-30T12:00:00.000Z',
  nextCursor: null,
  recordedTo: '2026-11-05T12:00:00.000Z',
};

describe('toBars', () => {
  it('has a bar for each day of the range, with denied attempts apart, cut to the range', () => {
    const bars = toBars(summary);
    expect(
      bars.map(({ fromMillis, toMillis }) => [fromMillis, toMillis].map((at) => new Date(at).toISOString())),
    ).toEqual([
      ['2026-11-02T12:00:00.000Z', '2026-11-02T23:59:59.999Z'],
      ['2026-11-03T00:00:00.000Z', '2026-11-03T23:59:59.999Z'],
      ['2026-11-04T00:00:00.000Z', '2026-11-04T23:59:59.999Z'],
      ['2026-11-05T00:00:00.000Z', '2026-11-05T11:59:59.999Z'],
    ]);
    expect(bars[1]).toMatchObject({
      segments: { CREATE: 2, UPDATE: 0, DELETE: 1200, denied: 3 },
      previous: 2,
    });
  });

  it('has no bars without a time grouping', () => {
    const { interval: _, ...without } = summary;
    expect(toBars(without)).toEqual([]);
  });
});

describe('toRange', () => {
  it('covers the bars between two, in either order', () => {
    const bars = toBars(summary);
    const range = { type: 'between', from: '2026-11-02T12:00:00.000Z', to: '2026-11-03T23:59:59.999Z' };
    expect([toRange(bars, 0, 1), toRange(bars, 1, 0)]).toEqual([range, range]);
  });
});

describe('findBar', () => {
  it('returns the bar at a place, and the nearest one outside', () => {
    expect([-1, 0, 0.49, 0.5, 0.99, 1, 7].map((place) => findBar(2, place))).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });
});

describe('roundUp', () => {
  it('rounds up to 1, 2, or 5 times a power of ten', () => {
    expect([0, 1, 2, 3, 9, 11, 200, 201, 999].map(roundUp)).toEqual([1, 1, 2, 5, 10, 20, 200, 500, 1000]);
  });
});

describe('the texts of the overview', () => {
  it('describe bars, changes, and totals', () => {
    const [empty, full] = toBars(summary);
    expect([empty, full].map((bar) => bar && describeBar(bar))).toEqual([
      'no entries',
      '2 created, 1,200 deleted, 3 denied',
    ]);
    expect(full && [formatBar(full, 'day', 'utc'), formatBar(full, 'hour', 'utc')]).toEqual([
      '2026-11-03',
      '2026-11-03 00:00',
    ]);
    expect(formatChange({ count: 3, denied: 9, previous: { count: 3, denied: 0 } })).toBe('no change');
    expect(formatChange({ count: 0, denied: 9, previous: { count: 0, denied: 4 } })).toBe('+5');
    expect(describeTotals(summary)).toBe('1,202 done (−98 compared with the previous period), 3 denied');
    const denied = { ...summary, total: 0, denied: 76, previous: { ...summary, total: 0, denied: 70 } };
    expect(describeTotals(denied)).toBe('76 denied (+6 compared with the previous period)');
  });
});

describe('toOverviewQuery', () => {
  const now = Date.parse('2026-11-30T12:00:00.000Z');

  it('keeps the filters and the range, without the order', () => {
    const query = toOverviewQuery({ user: ['u-1'], from: '2026-11-01', order: 'asc' }, 'Europe/Berlin', now);
    expect(query).toMatchObject({
      user: ['u-1'],
      from: '2026-11-01',
      timeZone: 'Europe/Berlin',
      compare: 'previous',
    });
    expect(query).not.toHaveProperty('order');
    expect(query).not.toHaveProperty('to');
  });

  it('starts 30 days before the end if the search has no start', () => {
    expect(toOverviewQuery({}, 'UTC', now).from).toBe('2026-10-31T12:00:00.000Z');
    expect(toOverviewQuery({ to: '2026-11-10' }, 'UTC', now).from).toBe('2026-10-11T23:59:59.999Z');
    expect(toOverviewQuery({ to: '1970-01-02' }, 'UTC', now).from).toBe('1970-01-01T00:00:00.000Z');
  });
});
