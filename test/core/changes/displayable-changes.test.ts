import { describe, expect, it } from 'vitest';
import { displayableChanges } from '../../../core/changes/displayable-changes.ts';

const states = { before: { size: 1, kept: true }, after: { size: 2, kept: true } };
const change = { path: '/size', op: 'replace', before: 1, after: 2 } as const;

describe('displayableChanges', () => {
  it('returns the changes in the response unchanged', () => {
    expect(displayableChanges({ ...states, changes: [change] })).toEqual([change]);
    expect(displayableChanges({ ...states, changes: [] })).toEqual([]);
  });

  it('computes the changes that the response omits', () => {
    expect(displayableChanges({ ...states, changes: [], changesOmitted: true })).toEqual([change]);
  });

  it('returns undefined if the paths are too long to display', () => {
    const wide = (value: number) => ({
      ['k'.repeat(200_000)]: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, value])),
    });
    expect(
      displayableChanges({ before: wide(1), after: wide(2), changes: [], changesOmitted: true }),
    ).toBeUndefined();
  });
});
