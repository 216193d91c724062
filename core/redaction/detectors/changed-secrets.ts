// A change of a secret in words: "the password for app was changed from … to …".
import type { Span } from '../text/spans.ts';
import { isUnusual, withoutFullStop } from '../text/words.ts';
import { isHarmlessValue } from './allowlist.ts';
import type { NameMatcher } from './name-matcher.ts';

const verb = '(?:change|rotate|reset|set|update|replace)(?:d|ed)?';
const auxiliary = `(?:for|of|value|has|had|have|been|was|were|is|got|${verb})`;
/** The last words before the verb: some names consist of more than one. */
const word = String.raw`(?!${auxiliary}\b)[\w.-]{1,64}`;
const name = String.raw`(?<![\w.-])(?<name>(?:${word}[ ]){0,2}${word})`;
const between = String.raw`(?:[ \t]{1,3}(?:(?:for|of)[ \t]{1,3}[^\s,;"'()]{1,64}|${auxiliary}\b)){0,5}`;
const value = String.raw`(?:"[^"\n]{1,512}"|'[^'\n]{1,512}'|\x60[^\x60\n]{1,512}\x60|[^\s,;"'\x60]{1,512})`;

const change = new RegExp(
  String.raw`${name}${between}[ \t]{1,3}from[ \t]{1,3}(?<old>${value})[ \t]{1,3}(?:to|into|->|→)[ \t]{1,3}(?<new>${value})`,
  'dgi',
);

/** It says when or in which region, and not what. */
const ordinary = /^\d{4}-\d{2}-\d{2}|^[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d$/;
/** Where it is then changes, and not the secret. */
const moving = /^(?:mov|migrat|cop[iy]|transferr?|switch|renam|promot)(?:e|ed|ing)?\b/i;

/** Both secrets of each change of one, when one of them is quoted or no ordinary word. */
export function findChangedSecrets(text: string, names: NameMatcher): Span[] {
  return Array.from(text.matchAll(change)).flatMap(({ groups = {}, indices }) => {
    const { name = '', old = '', new: next = '' } = groups;
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

/** The secret in a stretch of the text, without quotes around it; none where it says that there is none. */
function secretAt(text: string, [start, end]: readonly [number, number]): Span[] {
  const word = text.slice(start, end);
  const secret = isQuoted(word) ? word.slice(1, -1) : withoutFullStop(word);
  if (secret === '' || isHarmlessValue(secret)) return [];
  const secretStart = isQuoted(word) ? start + 1 : start;
  return [{ start: secretStart, end: secretStart + secret.length }];
}
