// The facts that the generator of the token table reads in regular expressions.
import { describe, expect, it } from 'vitest';
import { formsOf, UnsupportedPatternError } from '../../../docs/token-forms/parse-pattern.ts';

describe('formsOf', () => {
  it.each([
    ['ghp_[0-9a-zA-Z]{36}', [['ghp_', ['A-Za-z0-9', 36, 36]]]],
    [String.raw`\b(pul-[a-f0-9]{40})(?:[\x60'"\s;]|\\[nr]|$)`, [['pul-', ['0-9a-f', 40, 40]]]],
    [String.raw`dp\.pt\.(?i)[a-z0-9]{43}`, [['dp.pt.', ['A-Za-z0-9', 43, 43]]]],
    [
      '(?:ghu|ghs)_[0-9]{2,}',
      [
        ['ghu_', ['0-9', 2, 1000]],
        ['ghs_', ['0-9', 2, 1000]],
      ],
    ],
    [String.raw`glpat-[\w-]{20}`, [['glpat-', ['A-Za-z0-9_-', 20, 20]]]],
    ['pat[[:alnum:]]{14}x?', [['pat', ['A-Za-z0-9', 14, 14]]]],
    ['a-[0-9]{2}[0-9]{3}', [['a-', ['0-9', 5, 5]]]],
  ])('reads prefix, alphabet and length: %s', (pattern, forms) => {
    expect(formsOf(pattern)).toEqual(forms);
  });

  it.each(['a.*b', '(?P<name>a)', '[^a]b', '(ab|cd){2}'])(
    'refuses what is no form of a token: %s',
    (pattern) => {
      expect(() => formsOf(pattern)).toThrow(UnsupportedPatternError);
    },
  );
});
