// A change of a secret in words: "the password for app was changed from … to …".
import type { Span } from '../text/spans.ts';
import { isUnusual, withoutFullStop } from '../text/words.ts';
import { isHarmlessValue } from './allowlist.ts';
import type { NameMatcher } from './name-matcher.ts';
import { UnquotedValues } from './unquoted-values.ts';
import { looksLikePassword } from './value-shape.ts';

const value = String.raw`(?:"[^"\n]{1,512}"|'[^'\n]{1,512}'|\x60[^\x60\n]{1,512}\x60|[^\s]{1,512})`;

const change = new RegExp(
  String.raw`(?<=[ \t])from[ \t]{1,3}(?<old>${value})[ \t]{1,3}(?:to|into|->|→)[ \t]{1,3}(?<new>${value})`,
  'dgi',
);

/** Words between the name of a secret and its change: "the password for app has been changed from". */
const auxiliary =
  /^(?:for|of|value|has|had|have|been|was|were|is|got|(?:change|rotate|reset|set|update|replace)(?:d|ed)?)$/i;
const maxAuxiliaries = 5;

/** Some names have more words than one. */
const maxNameWords = 3;

/** The characters before a change in which its name is searched. */
const maxLookBack = 200;

/** The words that name what changes, before `end`; empty when there are none. */
function nameBefore(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - maxLookBack), end);
  const words = before
    .slice(before.lastIndexOf('\n') + 1)
    .split(/[ \t]+/)
    .filter((word) => word !== '');
  for (let skipped = 0; skipped < maxAuxiliaries && words.length > 0; skipped++) {
    if (/^(?:for|of)$/i.test(words.at(-2) ?? '')) words.splice(-2);
    else if (auxiliary.test(words.at(-1) ?? '')) words.pop();
    else break;
  }
  const name: string[] = [];
  while (name.length < maxNameWords) {
    const word = /[\w.-]{1,64}$/.exec(words.pop() ?? '')?.[0] ?? '';
    if (word === '' || auxiliary.test(word)) break;
    name.unshift(word);
  }
  return name.join(' ');
}

/** When or in which region it changed. */
const ordinary = /^\d{4}-\d{2}-\d{2}|^[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d$/;
/** Then the place of the secret changes, not the secret. */
const moving = /^(?:mov|migrat|cop[iy]|transferr?|switch|renam|promot)(?:e|ed|ing)?\b/i;

/** The old and the new secret of each change, when one of them is quoted or no ordinary word. */
export function findChangedSecrets(text: string, names: NameMatcher): Span[] {
  return Array.from(text.matchAll(change)).flatMap(({ index, groups = {}, indices }) => {
    const { old = '', new: next = '' } = groups;
    const name = nameBefore(text, index);
    if (!names.isSecret(name) || moving.test(name) || ![old, next].some(isTelling)) return [];
    const stretches = [indices?.groups?.old, indices?.groups?.new];
    return stretches.flatMap((stretch) => secretAt(text, stretch ?? [0, 0]));
  });
}

function isQuoted(word: string): boolean {
  return /^["'`]/.test(word);
}

function isTelling(word: string): boolean {
  return isQuoted(word) || (isUnusual(withoutFullStop(word)) && !ordinary.test(word));
}

/** The secret in a span of the text, without quotes around it; none when the word says that there is none. */
function secretAt(text: string, [start, end]: readonly [number, number]): Span[] {
  const word = text.slice(start, end);
  const secret = isQuoted(word) ? word.slice(1, -1) : withoutFullStop(word).replace(/[,;]{1,3}$/, '');
  if (secret === '' || isHarmlessValue(secret)) return [];
  const secretStart = isQuoted(word) ? start + 1 : start;
  return [{ start: secretStart, end: secretStart + secret.length }];
}

/** "was rotated, now …": the name of the secret is in another field or sentence. */
const rotated =
  /\b(?:rotated|changed|reset|regenerated|renewed|replaced)[,;:.]?[ \t]{1,3}(?:(?:and|it|the|new|one|is)[ \t]{1,3}){0,3}now[ \t]{1,3}(?:is[ \t]{1,3})?["'`]?(?=\S)/gi;

/** The words that look like a password behind such a verb. */
export function findRotatedSecrets(text: string): Span[] {
  const unquoted = new UnquotedValues(text);
  return Array.from(text.matchAll(rotated)).flatMap((match) => {
    const start = match.index + match[0].length;
    const word = withoutFullStop(text.slice(start, unquoted.endOf(start, match.index)).replace(/["'`]$/, ''));
    return looksLikePassword(word) ? [{ start, end: start + word.length }] : [];
  });
}
