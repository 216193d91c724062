import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameMatcher } from '../../../../core/redaction/detectors/name-matcher.ts';
import { nameRules } from '../../../../core/redaction/detectors/secret-names.ts';

const stems = fc
  .array(
    fc.constantFrom(
      ...['password', 'Token', 'API_KEY', 'authToken', 'env', 'value', 'key', 'name', 'old', 'setting', 'x'],
      ...['_', '-', ' ', 's', 'v', '1', 'sha'],
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const numbers = fc.stringMatching(/^\d{1,6}$/);

describe('NameMatcher', () => {
  it('answers the same about a name whatever numbered names it has answered before', () => {
    const seen = new NameMatcher(nameRules);
    fc.assert(
      fc.property(stems, numbers, (stem, number) => {
        const name = stem + number;
        const fresh = new NameMatcher(nameRules);
        expect(seen.isSecret(name)).toBe(fresh.isSecret(name));
        expect(seen.isHint(name)).toBe(fresh.isHint(name));
        expect(seen.isKnown(name)).toBe(fresh.isKnown(name));
        expect(seen.isCompanion(name)).toBe(fresh.isCompanion(name));
        expect(seen.isPlace(name)).toBe(fresh.isPlace(name));
        expect(seen.partOfPair(name)).toBe(fresh.partOfPair(name));
      }),
      { numRuns: 300 },
    );
  });

  it('rejects rules with a name that ends in a number', () => {
    const rules = { ...nameRules, secretEndings: [...nameRules.secretEndings, 'secret512'] };
    expect(() => new NameMatcher(rules)).toThrow('A name of the rules must not end in a number: secret512');
  });
});
