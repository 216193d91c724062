import { describe, expect, it } from 'vitest';
import { toggle } from '../../../dashboard/src/filters/toggle.ts';

describe('toggle', () => {
  it('takes a value in, sorted, and out again', () => {
    const both = toggle({ action: ['UPDATE'], user: ['u-1'] }, 'action', 'CREATE');
    expect(both).toEqual({ action: ['CREATE', 'UPDATE'], user: ['u-1'] });
    expect(toggle(both, 'action', 'CREATE')).toEqual({ action: ['UPDATE'], user: ['u-1'] });
  });

  it('leaves no filter without values', () => {
    expect(toggle({ action: ['UPDATE'] }, 'action', 'UPDATE')).toEqual({});
  });
});
