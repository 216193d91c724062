import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../cli/summary-table.ts';
import type { Summary } from '../../core/counts/summary.ts';
import { colorPaint, plainPaint } from '../../terminal/paint.ts';
import { widthOf } from '../../terminal/text-width.ts';

const summary: Summary = {
  from: '2026-11-02T00:00:00.000Z',
  to: '2026-11-08T23:59:59.999Z',
  timeZone: 'UTC',
  groupBy: ['user'],
  groups: [
    {
      key: { user: 'u-2077' },
      names: { user: 'Ben Okafor' },
      count: 1200,
      denied: 300,
      previous: { count: 900, denied: 0 },
    },
    { key: { user: null }, count: 10, denied: 0, previous: { count: 10, denied: 0 } },
    { key: { user: 'u-\u001b[31m' }, count: 0, denied: 1, previous: { count: 4, denied: 0 } },
  ],
  others: { groups: 3, count: 6, denied: 0, previous: { count: 8, denied: 2 } },
  total: 1216,
  denied: 301,
  previous: { from: '2026-10-26T00:00:00.000Z', to: '2026-11-01T23:59:59.999Z', total: 922, denied: 2 },
  exact: true,
  searchedThrough: '2026-10-26T00:00:00.000Z',
  nextCursor: null,
  recordedTo: '2026-11-09T08:15:00.000Z',
};

describe('renderSummary', () => {
  it('aligns the numbers, and has no bars without a terminal', () => {
    expect(renderSummary(summary, undefined, plainPaint)).toEqual([
      'USER                DONE  DENIED  BEFORE  CHANGE',
      'u-2077 Ben Okafor  1,200     300     900    +300',
      '(none)                10       0      10       0',
      'u-\\u001b[31m           0       1       4      -4',
      '3 others               6       0       8      -2',
      'TOTAL              1,216     301     922    +294',
    ]);
  });

  it('fits bars into the terminal, with what was done before what was denied', () => {
    for (const width of [50, 64, 80, 200]) {
      const lines = renderSummary(summary, width, plainPaint);
      expect(Math.max(...lines.map((line) => widthOf(line))), `${width}`).toBeLessThanOrEqual(width + 1);
    }
    const [, first = '', second = '', third = '', others = ''] = renderSummary(summary, 120, plainPaint);
    expect(first.endsWith(`  ${'█'.repeat(24)}${'░'.repeat(6)}`)).toBe(true);
    expect(second.endsWith('  █')).toBe(true);
    expect(third.endsWith('  ░')).toBe(true);
    expect(others).not.toMatch(/[█░]/);
    expect(renderSummary(summary, 120, colorPaint)[1]).toContain('\u001b[36m█');
  });

  it('shows local days and hours of the time zone, and only a total without groups', () => {
    const byTime = (interval: 'hour' | 'day', time: string): Summary => ({
      ...summary,
      ...{ groupBy: ['time'], interval, timeZone: 'Europe/Berlin', previous: undefined as never },
      groups: [{ key: { time }, count: 1, denied: 0 }],
      others: { groups: 0, count: 0, denied: 0 },
    });
    const line = (of: Summary) => renderSummary(of, undefined, plainPaint)[1];
    expect(line(byTime('day', '2026-11-04T23:00:00.000Z'))).toMatch(/^2026-11-05 /);
    expect(line(byTime('hour', '2026-11-04T23:00:00.000Z'))).toMatch(/^2026-11-05 00:00 /);
    const total = { ...summary, groupBy: [], groups: [{ key: {}, count: 1, denied: 0 }] };
    expect(
      renderSummary({ ...total, others: { groups: 0, count: 0, denied: 0 } }, 80, plainPaint),
    ).toHaveLength(2);
  });
});
