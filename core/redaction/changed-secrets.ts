// A change of a secret in words: "the password for app was changed from … to …".
import type { NameMatcher } from './field-names.ts';
import { isHarmlessValue } from './harmless-values.ts';
import type { Span } from './spans.ts';

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

/** Quoted, or with a sign that an ordinary word does not hold. */
const unusual = /^["'`]|^(?=.*[\d!@#$%^&*+=~]).{6}/;
/** It says when or in which region, and not what. */
const ordinary = /^\d{4}-\d{2}-\d{2}|^[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d$/;
/** Where it is then changes, and not the secret. */
const moving = /^(?:mov|migrat|cop[iy]|transferr?|switch|renam|promot)(?:e|ed|ing)?\b/i;

function isTelling(word: string): boolean {
  return unusual.test(word) && !ordinary.test(word);
}

/** Both secrets of each change of one, when one of them is no ordinary word. */
export function findChangedSecrets(text: string, names: NameMatcher): Span[] {
  return Array.from(text.matchAll(change)).flatMap(({ groups = {}, indices }) => {
    const { name = '', old = '', new: next = '' } = groups;
    if (!names.isSecret(name) || moving.test(name) || ![old, next].some(isTelling)) return [];
    return [indices?.groups?.old, indices?.groups?.new].flatMap((stretch) => {
      const [start, end] = withoutQuotes(text, stretch ?? [0, 0]);
      const found = text.slice(start, end);
      return found === '' || isHarmlessValue(found) ? [] : [{ start, end }];
    });
  });
}

/** The stretch without quotes around it, or the signs that end a sentence. */
function withoutQuotes(text: string, [start, end]: readonly [number, number]): [number, number] {
  if (/["'`]/.test(text.charAt(start))) return [start + 1, end - 1];
  const length = text.slice(start, end).replace(/[.:!?]{1,512}$/, '').length;
  return [start, start + length];
}
