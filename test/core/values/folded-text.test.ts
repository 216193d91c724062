import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTerms, foldTerm, hasPrefix, wordsOf } from '../../../core/values/folded-text.ts';
import { awkwardText, textWithBeginning } from '../../support/awkward-text.ts';

const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

describe('foldTerm', () => {
  it('returns the same for upper and lower case and every Unicode normalization form, and is idempotent', () => {
    fc.assert(
      fc.property(awkwardText, fc.constantFrom(...forms), (text, form) => {
        const folded = foldTerm(text);
        expect(foldTerm(text.normalize(form))).toBe(folded);
        expect(foldTerm(text.toUpperCase())).toBe(folded);
        expect(foldTerm(text.toLowerCase())).toBe(folded);
        expect(foldTerm(folded)).toBe(folded);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['Léna', 'LE\u0301NA'],
    ['ＡＣＭＥ', 'acme'],
  ])('folds %s and %s to the same term', (left, right) => {
    expect(foldTerm(left)).toBe(foldTerm(right));
    expect(compareTerms(left, right)).toBe(0);
  });
});

describe('hasPrefix', () => {
  it('is true for every prefix of a text, in any case and normalization form', () => {
    fc.assert(
      fc.property(textWithBeginning, fc.constantFrom(...forms), ([text, beginning], form) => {
        expect(hasPrefix(text, beginning)).toBe(true);
        expect(hasPrefix(text.toUpperCase(), beginning.toLowerCase().normalize(form))).toBe(true);
        expect(hasPrefix(text.normalize(form), beginning.toUpperCase())).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('accepts a prefix that ends before an accent or within a syllable, as typed', () => {
    expect(hasPrefix('Élodie', 'e')).toBe(true);
    expect(hasPrefix('각', '가')).toBe(true);
    expect(hasPrefix('Elodie', 'é')).toBe(false);
  });

  it('is false if the text continues differently', () => {
    expect(hasPrefix('orders-d', 'orders-e')).toBe(false);
    expect(hasPrefix('ord', 'orders')).toBe(false);
    expect(hasPrefix('a%', 'a%2')).toBe(false);
  });
});

describe('compareTerms', () => {
  it('orders terms by their folded form, like sorted directory rows', () => {
    const terms = ['b', 'A', 'É', 'e\u0301', 'a', '', 'B1'];
    const folded = terms.map(foldTerm).sort();
    expect([...terms].sort(compareTerms).map(foldTerm)).toEqual(folded);
    expect([compareTerms('a', 'B'), compareTerms('B', 'a'), compareTerms('A', 'a')]).toEqual([-1, 1, 0]);
  });
});

describe('wordsOf', () => {
  it.each([
    ['More load, OPS-4711!', ['more', 'load', 'ops', '4711']],
    ['Caf\u00e9 CAFE\u0301', ['cafe\u0301', 'cafe\u0301']],
    ['ticket_1 ２', ['ticket', '1', '2']],
    [' --- ', []],
    ['', []],
  ])('returns for %j the words %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});
