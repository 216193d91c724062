import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../dashboard/src/list/column-widths.ts';
import { columnIds, extraColumnIds } from '../../../dashboard/src/preferences/preferences.ts';

describe('widthOf', () => {
  it.each([[columnIds], [[...columnIds, ...extraColumnIds]], [['target', 'id'] as const]])(
    'shares the full width among the columns %j, whatever the entries contain',
    (visibleIds) => {
      const widths = visibleIds.map((id) => Number(/^([\d.]+)%$/.exec(widthOf(id, visibleIds))?.[1]));
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100);
    },
  );
});
