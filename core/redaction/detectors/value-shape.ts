// What the form of a word says about whether a person or a generator made it. Used where a name or a sentence only
// hints at a secret.

import { splitAtMarkers } from '../text/markers.ts';
import { likelihood } from './random-text.ts';

/** Dates, versions, ids of tickets and AWS resources, addresses, paths, and counts. */
const ordinary = [
  /^\d{4}-\d{2}-\d{2}/,
  /^v?\d+(?:\.\d+)+/i,
  /^[A-Z]{2,10}-\d+$/,
  /^(?:i|sg|vpc|subnet|ami|vol|snap|eni|rtb|igw|nat|acl|eipalloc|fs|db|lt)-[0-9a-f]{6,}$/,
  /^[a-z]{2}(?:-[a-z]{3,12}){1,2}-\d$/,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^[\w.+-]+@[\w-]+\.[\w.-]+$/,
  /^(?:arn:|[a-z][\w+.-]*:\/\/)/i,
  /^\d[\d.,:%-]*[A-Za-z%]{0,3}$/,
];

const mixedSigns = /[!#$%^&*~?+=|;:<>{}[\]()\\,@_-]/;

/** 0 for a small letter, 1 for a capital, 2 for a digit, 3 for any other character. */
function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

/** How often the kind of character changes from one to the next. */
function countTurns(word: string): number {
  let turns = 0;
  for (let index = 1; index < word.length; index++) {
    if (kindOf(word.charCodeAt(index)) !== kindOf(word.charCodeAt(index - 1))) turns++;
  }
  return turns;
}

/**
 * Whether a word of at least 8 characters looks like a password and not like a word, a name or an id: letters and
 * digits with capitals among them or with a sign, and many changes between the kinds.
 */
export function looksLikePassword(word: string): boolean {
  if (word.length < 8 || !/[A-Za-z]/.test(word) || !/\d/.test(word)) return false;
  if (ordinary.some((form) => form.test(word)) || isJoinedWords(word)) return false;
  const isMixed = /[A-Z]/.test(word) && /[a-z]/.test(word);
  if (!isMixed && !mixedSigns.test(word)) return false;
  return countTurns(word) >= 3;
}

const part =
  '(?:(?:[A-Z]?[a-z]{2,}(?:[A-Z][a-z]{2,}){0,5}|[A-Z]{2,})\\d{0,3}|v?\\d{1,4}[a-z]?|[A-Za-z]\\d{0,3})';
const joinedWords = new RegExp(`^${part}(?:[-_./:]${part}){0,15}$`);

/** `orders-db-2`, `my_table_v2`, `CheckoutApi2`, `prod/orders`: words, each with a short number at most. */
export function isJoinedWords(word: string): boolean {
  return joinedWords.test(word);
}

/** A run that a generator made: letters of both cases and digits in turn, or 32 hexadecimal digits and more. */
export function looksGenerated(value: string): boolean {
  if (!/^[\w+=.,~!#$%^&*@-]{12,512}$/.test(value)) return false;
  if (/^(?:[0-9a-f]{32,}|[0-9A-F]{32,})$/.test(value)) return true;
  return looksLikePassword(value) && countTurns(value) * 4 >= value.length;
}

/** An id that sorts by time, in base 32. */
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** As software licenses are printed: `4K7QM-9XW2T-…`. */
const serialNumber = /^(?=[^\d]*\d)(?:[A-Z0-9]{4,8}-){3,7}[A-Z0-9]{4,8}$/;

/** How much likelier a generator made letters of both cases than a person; names are below 0. */
const minLikelihood = 1.5;

/** Whether a word of 8 letters or more has capitals where no word has them. */
export function isScrambled(word: string): boolean {
  return /^[A-Za-z]{8,64}$/.test(word) && likelihood(word) >= minLikelihood;
}

/** Whether a value under the name of a key is one although its letters are all of one case. */
export function isGeneratedKey(value: string): boolean {
  if (serialNumber.test(value)) return true;
  if (/^[A-Za-z]{20,64}$/.test(value)) return isScrambled(value);
  if (!/^(?:[a-z0-9]{20,64}|[A-Z0-9]{20,64})$/.test(value) || ulid.test(value)) return false;
  return !/^[0-9a-f]+$/i.test(value) && (value.match(/\d/g)?.length ?? 0) >= 3 && countTurns(value) >= 3;
}

/**
 * What people quote of a secret that a text gives with more behind it: its first word, and what is before a separator.
 * Only parts that look like a password.
 */
export function quotablePartsOf(secret: string): string[] {
  if (secret.length > 4096 || splitAtMarkers(secret).length > 1) return [];
  const word = /^\S+/.exec(secret)?.[0] ?? '';
  const parts = [word, word.replace(/[)\]}.,;:!?]{1,8}$/, ''), word.replace(/[,;&].*$/, '')];
  const isPart = (part: string) => part !== secret && !/^[A-Za-z]+=/.test(part) && looksLikePassword(part);
  return [...new Set(parts)].filter(isPart);
}
