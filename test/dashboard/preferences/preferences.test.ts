import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnIds,
  extraColumnIds,
  parsePreferences,
} from '../../../dashboard/src/preferences/preferences.ts';

const usual = parsePreferences(null);

describe('parsePreferences', () => {
  it('gives the usual ones when nothing is remembered', () => {
    expect(usual).toMatchObject({ theme: 'system', timeZone: 'local', density: 'comfortable', pageSize: 50 });
    expect(usual.columns.filter(({ visible }) => visible).map(({ id }) => id)).toEqual([...columnIds]);
  });

  it('reads back what was remembered', () => {
    const changed = { ...usual, theme: 'dark', pageSize: 200, timeZone: 'utc', density: 'compact' };
    expect(parsePreferences(JSON.stringify(changed))).toEqual(changed);
  });

  it('never fails, and always gives every column once', () => {
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

  it('keeps what is sound beside what is damaged', () => {
    const stored = '{"theme":"dark","pageSize":7,"density":"tiny"}';
    expect(parsePreferences(stored)).toEqual({ ...usual, theme: 'dark' });
  });

  it('adds columns of a later release behind those that somebody arranged', () => {
    const stored = '{"columns":[{"id":"verdict","visible":true},{"id":"time","visible":false}]}';
    const [first, second, ...rest] = parsePreferences(stored).columns;
    expect([first, second]).toEqual([
      { id: 'verdict', visible: true },
      { id: 'time', visible: false },
    ]);
    expect(rest).toHaveLength(columnIds.length + extraColumnIds.length - 2);
  });
});
