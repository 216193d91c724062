import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exactTerm,
  type FilterTerm,
  parseTerm,
  prefixTerm,
  printTerm,
  splitTerms,
} from '../../../core/query/filter-grammar.ts';

/** Parses a list of terms. Throws an error with the problem of the first malformed one. */
function parseTerms(list: string): FilterTerm[] {
  return splitTerms(list).map((written) => {
    const reading = parseTerm(written);
    if ('problem' in reading) throw new Error(reading.problem);
    return reading.term;
  });
}

const printTerms = (terms: readonly FilterTerm[]) => terms.map(printTerm).join(',');

/** Characters with a meaning in the grammar, and some without. */
const unit = fc.constantFrom('a', 'B', ' ', ',', '\\', '*', '!', 'é', '\u{20BB7}');
const term: fc.Arbitrary<FilterTerm> = fc.record({
  text: fc.string({ unit, minLength: 1, maxLength: 8 }),
  isNegated: fc.boolean(),
  isPrefix: fc.boolean(),
});

describe('parseTerm', () => {
  it('reverses printTerm, for any terms', () => {
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
        expect(parseTerms(printTerms(terms))).toEqual(terms);
      }),
    );
  });

  it('accepts no string that means the same as another canonical string', () => {
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 10 }), (written) => {
        const reading = parseTerm(written);
        if ('problem' in reading) return;
        const printed = printTerm(reading.term);
        expect(parseTerm(printed)).toEqual(reading);
        expect(printed.length).toBeLessThanOrEqual(written.length);
        expect(splitTerms(printed)).toEqual([printed]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, FilterTerm[]]>([
    ['u-1', [{ text: 'u-1', isNegated: false, isPrefix: false }]],
    ['!u-1', [{ text: 'u-1', isNegated: true, isPrefix: false }]],
    ['orders*', [{ text: 'orders', isNegated: false, isPrefix: true }]],
    ['!orders*', [{ text: 'orders', isNegated: true, isPrefix: true }]],
    ['nightly-\\*', [{ text: 'nightly-*', isNegated: false, isPrefix: false }]],
    ['nightly-\\**', [{ text: 'nightly-*', isNegated: false, isPrefix: true }]],
    ['\\!a!', [{ text: '!a!', isNegated: false, isPrefix: false }]],
    ['!\\!a', [{ text: '!a', isNegated: true, isPrefix: false }]],
    ['a\\,b\\\\', [{ text: 'a,b\\', isNegated: false, isPrefix: false }]],
    [
      ' a,!b',
      [
        { text: ' a', isNegated: false, isPrefix: false },
        { text: 'b', isNegated: true, isPrefix: false },
      ],
    ],
  ])('parses %s', (list, expected) => {
    expect(parseTerms(list)).toEqual(expected);
  });

  it.each([
    ['', 'empty'],
    ['a,', 'empty'],
    [',a', 'empty'],
    ['!', 'empty'],
    ['*', 'empty'],
    ['!*', 'empty'],
    ['a*b', 'only at the end'],
    ['a**', 'only at the end'],
    ['tail\\', 'before'],
    ['DOMAIN\\user', 'before'],
    ['!!a', '!!'],
  ])('rejects %j and says why', (list, why) => {
    expect(() => parseTerms(list)).toThrow(why);
  });
});

describe('exactTerm and prefixTerm', () => {
  it('match any text, whatever characters it contains', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(parseTerms(exactTerm(text))).toEqual([{ text, isNegated: false, isPrefix: false }]);
        expect(parseTerms(prefixTerm(text))).toEqual([{ text, isNegated: false, isPrefix: true }]);
      }),
    );
  });
});
