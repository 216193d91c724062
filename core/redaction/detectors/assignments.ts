// Secrets with a name in running text: `password=…`, `token: …`, `--api-key …`, in ENV, YAML, connection strings and
// sentences.
import type { Span } from '../text/spans.ts';
import { count, isHarmlessValue, isSmallNumber, nextFlag } from './allowlist.ts';
import { type Assignment, findValue, matchAt } from './assigned-values.ts';
import type { NameMatcher } from './name-matcher.ts';
import { isSecretByValue } from './named-by-value.ts';
import { findSentenceValue, isPasswordName } from './sentence-values.ts';
import { UnquotedValues } from './unquoted-values.ts';
import { looksLikePassword } from './value-shape.ts';

/** What can close the name, describe it, and assign to it; in this order. */
const linkParts = [
  '(?:\\[\\d{0,5}\\])?', // char password[65] = …
  '[\\\\"\'`*\\]]{0,8}', // "password": … user[password]=… **Password**: …
  '(?:[ \\t]{0,3}\\([A-Za-z][\\w ,.@-]{0,63}\\))?', // Password (root): …
  '(?:[ \\t]{0,3}:?[ \\t]{0,3}&?(?:[Ss]tr|[Ss]tring)\\b)?', // password: string = …
  '(?:[ \\t]{1,3}(?:is|was|now)){0,2}', // password is: …
  '[ \\t]{0,64}(?:[?+|]{0,2}={1,3}>?|:=|[:：＝]|(?<=[ \\t])(?:--?>|→)(?=[ \\t]))', // = := => : ->
  '\\*{0,2}[ \\t]{0,64}', // **Password:** …
];

/** The spaces that are read between a name and its value. */
const maxSpaces = 64;

/** What is between a name and its value. */
const link = new RegExp(`${linkParts.join('')}|[ \\t]{1,${maxSpaces}}`, 'y');

/** The words with which a link can go on behind a space. */
const linkWord = /(?:is|was|now|[Ss]tr|[Ss]tring)\b/y;

/** What the characters up to 127 are here; these loops run for each character of an event. */
const kinds = { other: 0, letter: 1, nameSign: 2, space: 3, linkStart: 4 } as const;
const kindOfCode = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(character)) return kinds.letter;
  if (/[_.-]/.test(character)) return kinds.nameSign;
  if (/[ \t]/.test(character)) return kinds.space;
  return /[\\"'`*[\](:&?+|=]/.test(character) ? kinds.linkStart : kinds.other;
});

function kindAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 128) return kindOfCode[code] ?? kinds.other;
  return code === 0xff1a || code === 0xff1d ? kinds.linkStart : kinds.other; // ： ＝
}

function isNameCharacter(text: string, index: number): boolean {
  const kind = kindAt(text, index);
  return kind === kinds.letter || kind === kinds.nameSign;
}

/** Where the next name begins that no other name's character precedes. */
function findNameStart(text: string, from: number): number {
  let start = from;
  if (start > 0 && isNameCharacter(text, start - 1)) start = findNameEnd(text, start);
  while (start < text.length && !isNameCharacter(text, start)) start++;
  return start;
}

/** Where the full run of a name's characters ends, so that none is read twice. */
function findNameEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isNameCharacter(text, end)) end++;
  return end;
}

/** How many spaces separate a name from another word, as almost everywhere: then nothing is assigned. 0 for none. */
function countSpacesBeforeWord(text: string, nameEnd: number): number {
  let end = nameEnd;
  while (end - nameEnd < maxSpaces && kindAt(text, end) === kinds.space) end++;
  if (end === nameEnd || kindAt(text, end) !== kinds.letter) return 0;
  linkWord.lastIndex = end;
  return linkWord.test(text) ? 0 : end - nameEnd;
}

/** `: SecretString = "…"`, `: &'static str = "…"`: a type between a name and its quoted value. */
const typeBefore =
  /(?:[&A-Za-z][A-Za-z_.<>?&'[\]:]{0,40}(?:[ \t]str)?[ \t]{1,3}=|[A-Z][a-z]{2,20}=)[ \t]{0,3}(?=["'`])/y;

/** The values of all secret names in the text. */
export function findAssignedSecrets(text: string, names: NameMatcher): Span[] {
  const spans: Span[] = [];
  const phrase = new Phrase();
  const unquoted = new UnquotedValues(text);
  for (let at = findNameStart(text, 0); at < text.length; ) {
    const nameStart = at;
    const nameEnd = findNameEnd(text, nameStart);
    at = findNameStart(text, nameEnd);
    const next = kindAt(text, nameEnd);
    if (next !== kinds.space && next !== kinds.linkStart) continue;
    phrase.add(text, nameStart, nameEnd);
    const name = text.slice(nameStart, nameEnd);
    const spaces = countSpacesBeforeWord(text, nameEnd);
    if (spaces > 0 && !names.isSecret(name)) continue;
    const between = spaces > 0 ? text.slice(nameEnd, nameEnd + spaces) : matchAt(link, text, nameEnd);
    if (between === undefined) continue;
    const found = { name, nameStart, link: between, valueStart: nameEnd + between.length };
    const isSecretName = names.isSecret(name) || (isSigned(found) && phrase.isSecret(text, names));
    const span = isSecretName ? secretOf(text, found, unquoted) : secretByValue(text, found, names);
    if (!span) continue;
    const value = text.slice(span.start, span.end);
    if (!isHarmlessValue(value) && !isSmallNumber(name, value)) spans.push(span);
    // What is inside a value is not read again: the search stays linear.
    at = findNameStart(text, Math.max(span.end, nameEnd));
  }
  return spans;
}

/** The last name with up to two words before it, since some names have more than one, as in `API key: …`. */
class Phrase {
  /** Where the last three words begin. */
  #first = 0;
  #middle = 0;
  #last = 0;
  #end = -1;

  /** Adds the next name of the text; the words before it are kept when one space each separates them. */
  add(text: string, start: number, end: number): void {
    const isNext = start === this.#end + 1 && text.charAt(this.#end) === ' ';
    this.#first = isNext ? this.#middle : start;
    this.#middle = isNext ? this.#last : start;
    this.#last = start;
    this.#end = end;
  }

  /** Whether more words than the last one make the name of a secret. */
  isSecret(text: string, names: NameMatcher): boolean {
    return this.#first < this.#last && names.isSecret(text.slice(this.#first, this.#end));
  }
}

function isSigned({ link }: Assignment): boolean {
  return link.trim() !== '';
}

/** `user:app/password:…`: the name follows a pair, not a folder. */
const pairBefore = /(?:user(?:name)?|login)[:=][^\s/]{1,64}\/$/i;

/** `#define PASSWORD …` */
const definition = /#[ \t]{0,3}define[ \t]{1,8}$/;

/** `admin/pw:…`: behind a slash or a colon, what looks like a password is one, and no part of a path. */
function findPasswordInPath(text: string, found: Assignment, unquoted: UnquotedValues): Span | undefined {
  if (found.link !== ':' || !isPasswordName(found.name)) return undefined;
  const span = unquoted.valueAt(found.valueStart, found.nameStart);
  return span !== undefined && looksLikePassword(text.slice(span.start, span.end)) ? span : undefined;
}

/** `password == confirmation`: a comparison with a variable. */
const identifier = /[A-Za-z_$][\w.$]{0,127}(?=[\s)&|;:?{]|$)/y;

function secretOf(text: string, found: Assignment, unquoted: UnquotedValues): Span | undefined {
  const { name, nameStart, link, valueStart } = found;
  const isFlag = name.startsWith('-') && /[A-Za-z]/.test(name);
  // A part of a path, an ARN or an address, unless it is quoted or assigned to.
  if (/[:/@]/.test(text.charAt(nameStart - 1)) && /^[ \t:]/.test(link) && !link.includes('=')) {
    const isPair = pairBefore.test(text.slice(Math.max(0, nameStart - 80), nameStart));
    return isPair ? findValue(text, found, unquoted) : findPasswordInPath(text, found, unquoted);
  }
  if (definition.test(text.slice(Math.max(0, nameStart - 16), nameStart))) {
    return findValue(text, found, unquoted);
  }
  // A parameter of a URL without a value.
  if (/[?&]/.test(text.charAt(nameStart - 1)) && /\s$/.test(link)) return undefined;
  if (!isSigned(found) && !isFlag) {
    return findSentenceValue(text, nameStart + name.length, name, unquoted);
  }
  if (!isSigned(found) && matchAt(nextFlag, text, valueStart)) return undefined;
  if (matchAt(count, text, valueStart)) return undefined;
  if (/^[ \t]{1,64}={2,3}[ \t]{1,64}$/.test(link) && matchAt(identifier, text, valueStart)) return undefined;
  const type = link.includes(':') ? (matchAt(typeBefore, text, valueStart)?.length ?? 0) : 0;
  return findValue(text, { ...found, valueStart: valueStart + type }, unquoted);
}

/** One word, in quotes or not. */
const oneWord = /\\?["'`]?(?<value>[^\s"'`\\]{12,512})/y;

/** A value that is a secret only because of its own form together with the name, such as a random `X_KEY`. */
function secretByValue(text: string, found: Assignment, names: NameMatcher): Span | undefined {
  const { name, valueStart } = found;
  if (!isSigned(found) || !names.isHint(name)) return undefined;
  oneWord.lastIndex = valueStart;
  const word = oneWord.exec(text)?.groups?.value;
  if (word === undefined) return undefined;
  const start = oneWord.lastIndex - word.length;
  const value = word.replace(/&.*$/, '').replace(/[,;)}\]]{1,512}$/, '');
  return isSecretByValue(name, value) ? { start, end: start + value.length } : undefined;
}
