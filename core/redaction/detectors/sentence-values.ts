// A secret in a sentence, behind its name and without a sign: "the password for app is …", "pw …", "password - …",
// "the password was rotated, now …".
import type { Span } from '../text/spans.ts';
import { isUnusual, withoutFullStop } from '../text/words.ts';
import { findQuotedValue } from './assigned-values.ts';
import type { UnquotedValues } from './unquoted-values.ts';
import { isScrambled, looksLikePassword } from './value-shape.ts';

const gap = String.raw`[ \t]{1,3}`;
const target = String.raw`(?:${gap}(?:for|of)${gap}[^\s,;:"'${'`'}()]{1,64})?`;
const verb = '(?:rotate|change|reset|update|replace|renew|regenerate|set)(?:d|ted)?';
const auxiliary = `(?:${gap}(?:has|had|was|were|is|been|just|again)){0,3}`;
const now = `(?:${gap}(?:and|it|the|new|one|is|was|to|now)){1,4}`;

interface Link {
  readonly pattern: RegExp;
  /** Which unquoted word is a secret behind this link. */
  readonly isSecret: (word: string) => boolean;
  /** A quoted value behind this link is a secret whatever its form. */
  readonly quoted?: boolean;
}

/** From the clearest link to the weakest. */
const links: readonly Link[] = [
  {
    pattern: /[ \t]{1,3}(?:for|of)[ \t]{1,3}[^\s,;:"'`()]{1,64}[ \t]{0,3}[:=][ \t]{1,3}/iy,
    isSecret: isUnusual,
    quoted: true,
  },
  {
    pattern: new RegExp(`${target}(?:${gap}(?:is|was|to|now|are)){1,3}[ \\t]{1,64}`, 'iy'),
    isSecret: (word) => isUnusual(word) || isScrambled(word),
    quoted: true,
  },
  {
    pattern: new RegExp(`${target}${auxiliary}${gap}${verb}[,;:.]?${now}[ \\t]{1,3}`, 'iy'),
    isSecret: isUnusual,
    quoted: true,
  },
  {
    pattern: new RegExp(`${gap}for${gap}(?!arn:|[a-z]{2,12}://)[^\\s,;:"'\`()]{1,64}:`, 'iy'),
    isSecret: looksLikePassword,
  },
  { pattern: /[ \t]{1,3}[-–—][ \t]{1,3}(?=["'`])/y, isSecret: isUnusual, quoted: true },
  { pattern: /[ \t]{1,3}[-–—][ \t]{1,3}/y, isSecret: looksLikePassword },
  { pattern: /[ \t]{1,3}/y, isSecret: looksLikePassword },
];

const passwordName = /(?:pass(?:word|wd|phrase|code)?|pwd?|psw|pswd|paswd|passwort|kennwort|senha)s?$/i;

/** Whether a word behind the name is more likely the secret than the name of one, as with `secret` or `token`. */
export function isPasswordName(name: string): boolean {
  return passwordName.test(name);
}

/** The secret behind a name that ends at `start`; a word counts only when it does not look like one. */
export function findSentenceValue(
  text: string,
  start: number,
  name: string,
  unquoted: UnquotedValues,
): Span | undefined {
  for (const { pattern, isSecret, quoted } of links) {
    if (quoted !== true && !passwordName.test(name)) continue;
    pattern.lastIndex = start;
    if (!pattern.test(text)) continue;
    const valueStart = pattern.lastIndex;
    const value = quoted === true ? findQuotedValue(text, valueStart, unquoted) : undefined;
    if (value !== undefined) {
      const isSecretValue = passwordName.test(name) || isUnusual(text.slice(value.start, value.end));
      return isSecretValue && value.end > value.start ? value : undefined;
    }
    const end = unquoted.endOf(valueStart);
    const word = withoutFullStop(text.slice(valueStart, end));
    if (isSecret(word)) return { start: valueStart, end: valueStart + word.length };
  }
  return undefined;
}
