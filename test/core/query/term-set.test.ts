import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactTerm, type FilterTerm, printTerm } from '../../../core/query/filter-grammar.ts';
import { TermSet } from '../../../core/query/term-set.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '*', '!'), minLength: 1, maxLength: 3 });
const term: fc.Arbitrary<FilterTerm> = fc.record({ text, isNegated: fc.boolean(), isPrefix: fc.boolean() });

describe('TermSet', () => {
  it('accepts what one positive term matches, or everything without one, and nothing that a negated term matches', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 4 }), text, (terms, value) => {
        const isMatch = (one: FilterTerm) => (one.isPrefix ? hasPrefix(value, one.text) : one.text === value);
        const positive = terms.filter(({ isNegated }) => !isNegated);
        const expected =
          (positive.length === 0 || positive.some(isMatch)) &&
          !terms.some((one) => one.isNegated && isMatch(one));
        expect(new TermSet(terms.map(printTerm)).accepts(value)).toBe(expected);
      }),
    );
  });

  it('lists the accepted values if only exact terms limit them', () => {
    expect(new TermSet(['a', 'b', '!b']).allValues).toEqual(['a']);
    expect(new TermSet(['a', '!a']).allValues).toEqual([]);
    expect(new TermSet(['!a']).allValues).toBeUndefined();
    expect(new TermSet(['a', 'b*']).allValues).toBeUndefined();
    expect(new TermSet([]).allValues).toBeUndefined();
    const mixed = new TermSet(['a', 'b*', '!c', 'd', '!d*']);
    expect([mixed.exactValues, mixed.prefixes, mixed.isSelective]).toEqual([['a'], ['b'], true]);
    expect([mixed.excludes('c'), mixed.excludes('dd'), mixed.excludes('a')]).toEqual([true, true, false]);
    expect(new TermSet(['!c']).isSelective).toBe(false);
  });

  it('excludes an entry of which any value matches a negated term', () => {
    const terms = new TermSet([`!${exactTerm('a')}`]);
    expect(terms.acceptsOneOf(['a', 'b'])).toBe(false);
    expect(terms.acceptsOneOf(['b', undefined])).toBe(true);
    expect(terms.acceptsOneOf([undefined])).toBe(true);
    expect(new TermSet(['a']).acceptsOneOf([undefined])).toBe(false);
    expect(new TermSet(['u*']).acceptsOneOf([undefined, 'a'])).toBe(false);
    expect(new TermSet(['!u*']).acceptsOneOf([undefined, 'a'])).toBe(true);
  });
});
