import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSortKeys, directorySortKey, directorySortKeyStart } from '../../../core/storage/keys.ts';
import { compareTerms, foldTerm, hasPrefix } from '../../../core/values/folded-text.ts';
import { awkwardText } from '../../support/awkward-text.ts';

const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** A text and a prefix that ends between two user-perceived characters. */
const textWithBeginning = fc.tuple(awkwardText, fc.nat()).map(([text, length]) => {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return [text, letters.slice(0, length % (letters.length + 1)).join('')] as const;
});

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

describe('directorySortKey', () => {
  it('starts with the start of a prefix if and only if the term starts with the prefix, unless truncated', () => {
    fc.assert(
      fc.property(fc.oneof(textWithBeginning, fc.tuple(awkwardText, awkwardText)), ([term, prefix]) => {
        const isInside = directorySortKey(term, 'v').startsWith(directorySortKeyStart(prefix));
        if (hasPrefix(term, prefix)) expect(isInside).toBe(true);
        else if (Buffer.byteLength(foldTerm(prefix)) <= 40) expect(isInside).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('differs for different folded terms or values, and always fits in a cursor', () => {
    const pair = fc.tuple(awkwardText, awkwardText);
    fc.assert(
      fc.property(pair, pair, ([term, value], [otherTerm, otherValue]) => {
        const key = directorySortKey(term, value);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(161);
        const isSame = compareTerms(term, otherTerm) === 0 && value === otherValue;
        expect(key === directorySortKey(otherTerm, otherValue)).toBe(isSame);
      }),
      { numRuns: 1000 },
    );
    const long = 'x'.repeat(200);
    expect(directorySortKey(`${long}a`, 'v')).not.toBe(directorySortKey(`${long}b`, 'v'));
    expect(directorySortKey('a', `${long}a`)).not.toBe(directorySortKey('a', `${long}b`));
  });
});

describe('compareSortKeys', () => {
  it('sorts like DynamoDB, by UTF-8 bytes', () => {
    expect(['\u{1f600}', '\uff21', 'b', 'a'].sort(compareSortKeys)).toEqual([
      'a',
      'b',
      '\uff21',
      '\u{1f600}',
    ]);
  });
});
