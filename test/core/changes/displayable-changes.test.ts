import { describe, expect, it } from 'vitest';
import { displayableChanges } from '../../../core/changes/displayable-changes.ts';

describe('displayableChanges', () => {
  it('compares the states', () => {
    const states = { before: { size: 1, kept: true }, after: { size: 2, kept: true } };
    expect(displayableChanges(states)).toEqual([{ path: '/size', op: 'replace', before: 1, after: 2 }]);
  });

  it('returns undefined if the paths are too long to display', () => {
    const wide = (value: number) => ({
      ['k'.repeat(200_000)]: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, value])),
    });
    expect(displayableChanges({ before: wide(1), after: wide(2) })).toBeUndefined();
  });
});
