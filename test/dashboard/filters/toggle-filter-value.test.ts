import { describe, expect, it } from 'vitest';
import { toggleFilterValue } from '../../../dashboard/src/filters/toggle-filter-value.ts';

describe('toggleFilterValue', () => {
  it('adds a value in sorted order, and removes it again', () => {
    const both = toggleFilterValue({ action: ['UPDATE'], user: ['u-1'] }, 'action', 'CREATE');
    expect(both).toEqual({ action: ['CREATE', 'UPDATE'], user: ['u-1'] });
    expect(toggleFilterValue(both, 'action', 'CREATE')).toEqual({ action: ['UPDATE'], user: ['u-1'] });
  });

  it('replaces the negation of a value', () => {
    expect(toggleFilterValue({ action: ['!UPDATE', '!CREATE'] }, 'action', 'UPDATE')).toEqual({
      action: ['!CREATE', 'UPDATE'],
    });
  });

  it('removes a filter without values', () => {
    expect(toggleFilterValue({ action: ['UPDATE'] }, 'action', 'UPDATE')).toEqual({});
  });
});
