import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashAt } from '../../../../core/redaction/text/rolling-hash.ts';
import { StringSearch } from '../../../../core/redaction/text/string-search.ts';

const minLength = 3;

/** Few letters, so that strings begin alike and contain one another. */
const words = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength });

/** The longest string at each place, found by comparing all of them. */
function compareAll(text: string, strings: readonly string[], next: (end: number, start: number) => number) {
  const found: [number, string][] = [];
  for (let start = 0; start < text.length; ) {
    const longest = strings
      .filter((string) => string.length >= minLength && text.startsWith(string, start))
      .reduce((best, string) => (string.length > best.length ? string : best), '');
    if (longest !== '') found.push([start, longest]);
    start = longest === '' ? start + 1 : next(start + longest.length, start);
  }
  return found;
}

/** A search for the strings, of which it makes some only when a text seems to contain them. */
function searchFor(strings: readonly string[], countOfLazy: number): StringSearch {
  const lazy = strings.slice(0, countOfLazy).filter(({ length }) => length >= minLength);
  return new StringSearch(strings.slice(countOfLazy), minLength, {
    hashes: Int32Array.from(lazy, (text) => hashAt(text, 0, minLength)),
    make: (index) => [lazy[index] ?? '', `not in the list ${index}`],
  });
}

const countsOfLazy = fc.nat({ max: 40 });

describe('StringSearch', () => {
  it('finds the longest string at each place', () => {
    fc.assert(
      fc.property(words(60), fc.array(words(12), { maxLength: 40 }), countsOfLazy, (text, strings, count) => {
        const search = searchFor(strings, count);
        for (const next of [(end: number) => end, (_end: number, start: number) => start + 1]) {
          const found: [number, string][] = [];
          search.search(text, (start, string) => {
            found.push([start, string]);
            return next(start + string.length, start);
          });
          expect(found).toEqual(compareAll(text, strings, next));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('returns the strings that a string begins with', () => {
    fc.assert(
      fc.property(fc.array(words(12), { minLength: 1, maxLength: 40 }), countsOfLazy, (strings, count) => {
        const search = searchFor(strings, count);
        for (const string of strings.filter(({ length }) => length >= minLength)) {
          const prefixes = strings.filter((other) => other.length >= minLength && string.startsWith(other));
          expect(new Set(search.prefixesOf(string))).toEqual(new Set(prefixes));
        }
      }),
    );
  });
});
