import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CharacterRuns } from '../../../../core/redaction/text/character-runs.ts';

const runs = new CharacterRuns(/[ab=]/);
const texts = fc.string({ unit: fc.constantFrom('a', 'b', '=', ' ', 'é', '\u{1f600}'), maxLength: 60 });

describe('CharacterRuns', () => {
  it('finds what a regular expression finds', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 12 }), (text, length) => {
        const matches = Array.from(text.matchAll(new RegExp(`[ab=]{${length},}`, 'g')));
        const spans = matches.map(({ 0: run, index }) => ({ start: index, end: index + run.length }));
        expect(runs.spansIn(text, length)).toEqual(spans);
        expect(runs.occursIn(text, length)).toBe(spans.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  it('has no character behind the end of a text, or outside ASCII', () => {
    expect([runs.hasAt('a', 0), runs.hasAt('a', 1), runs.hasAt('é', 0)]).toEqual([true, false, false]);
  });
});
