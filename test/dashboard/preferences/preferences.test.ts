import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnIds,
  extraColumnIds,
  parsePreferences,
} from '../../../dashboard/src/preferences/preferences.ts';

const defaults = parsePreferences(null);

describe('parsePreferences', () => {
  it('returns the defaults when nothing is stored', () => {
    expect(defaults).toMatchObject({
      theme: 'system',
      timeZone: 'local',
      density: 'comfortable',
      pageSize: 50,
    });
    expect(defaults.columns.filter(({ visible }) => visible).map(({ id }) => id)).toEqual([...columnIds]);
  });

  it('reads stored preferences', () => {
    const panelSizes = { side: 700, bottom: 300 };
    const changed = {
      ...defaults,
      theme: 'dark',
      pageSize: 200,
      timeZone: 'utc',
      density: 'compact',
      panelSizes,
    };
    expect(parsePreferences(JSON.stringify(changed))).toEqual(changed);
  });

  it('never throws, and always returns every column once', () => {
    const junk = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map((columns) => `{"columns":${columns}}`),
    );
    fc.assert(
      fc.property(junk, (stored) => {
        const ids = parsePreferences(stored).columns.map(({ id }) => id);
        expect(ids.toSorted()).toEqual([...columnIds, ...extraColumnIds].toSorted());
      }),
    );
  });

  it('keeps valid values next to invalid ones', () => {
    const stored = '{"theme":"dark","pageSize":7,"density":"tiny"}';
    expect(parsePreferences(stored)).toEqual({ ...defaults, theme: 'dark' });
  });

  it('adds columns of a later release after the arranged ones', () => {
    const stored = '{"columns":[{"id":"verdict","visible":true},{"id":"time","visible":false}]}';
    const [first, second, ...rest] = parsePreferences(stored).columns;
    expect([first, second]).toEqual([
      { id: 'verdict', visible: true },
      { id: 'time', visible: false },
    ]);
    expect(rest).toHaveLength(columnIds.length + extraColumnIds.length - 2);
  });
});
