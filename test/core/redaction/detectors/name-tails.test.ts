import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameMatcher } from '../../../../core/redaction/detectors/name-matcher.ts';
import { NameTails } from '../../../../core/redaction/detectors/name-tails.ts';
import { nameRules } from '../../../../core/redaction/detectors/secret-names.ts';

const words = ['api key', 'base64', 'x'];
const tails = new NameTails(words);

/** The spellings of a word that can be the end of a name. */
const spellingsOf = (word: string) => [
  word,
  word.toUpperCase(),
  word.replaceAll(' ', '_'),
  word.replace(/ (.)/g, (_, letter: string) => letter.toUpperCase()),
  `db_${word}`,
  /\d$/.test(word) ? word : `${word}s`,
  `${word}12`,
  `${word}_`,
];

describe('NameTails', () => {
  it('lets pass every name that ends in one of the words', () => {
    for (const word of words)
      for (const name of spellingsOf(word)) expect(tails.mayEnd(name), name).toBe(true);
  });

  it('lets pass versions and what has no two letters', () => {
    for (const name of ['tokenV2', '', 'q', '__', '12']) expect(tails.mayEnd(name), name).toBe(true);
  });

  it('stops other names', () => {
    for (const name of ['host', 'note12', 'KEYED', 'api_keyring'])
      expect(tails.mayEnd(name), name).toBe(false);
  });

  it('knows the last letter only where a pattern does not say the one before', () => {
    const stems = new NameTails([]);
    stems.addPattern('passw[o0]rd');
    stems.addPattern('ps?d');
    expect(['dbpassword', 'passwords', 'psd', 'qd', 'qe'].map((name) => stems.mayEnd(name))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(() => stems.addPattern('p+')).toThrow('must end in a letter');
  });
});

describe('NameMatcher', () => {
  const names = new NameMatcher(nameRules);
  const beginnings = fc.constantFrom('', 'db_', 'X-', 'é_');
  const endings = fc.constantFrom('', '1', '_2', 'V2', '_old', 'Value', 's');

  it('recognizes every ending of the rules, in every spelling', () => {
    const endingsOfRules = fc.constantFrom(...nameRules.secretEndings);
    fc.assert(
      fc.property(beginnings, endingsOfRules, endings, fc.boolean(), (before, word, after, isUpper) => {
        const name = before + word.replaceAll(' ', '_') + (after === 's' && word.endsWith('s') ? '' : after);
        expect(
          names.isSecret(isUpper ? `${before}${word.toUpperCase().replaceAll(' ', '_')}` : name),
          name,
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
