// Secrets with a name in running text: `password=…`, `token: …`, `--api-key …`, in ENV, YAML, connection strings and
// sentences.
import type { Span } from '../text/spans.ts';
import { count, isHarmlessValue, isSmallNumber, nextFlag } from './allowlist.ts';
import { type Assignment, findValue, matchAt } from './assigned-values.ts';
import type { NameMatcher } from './name-matcher.ts';
import { isSecretByValue } from './named-by-value.ts';
import { findSentenceValue } from './sentence-values.ts';
import { UnquotedValues } from './unquoted-values.ts';

/** What can close the name, describe it, and assign to it; in this order. */
const linkParts = [
  '[\\\\"\'`*\\]]{0,8}', // "password": … user[password]=… **Password**: …
  '(?:[ \\t]{0,3}\\([A-Za-z][\\w ,.@-]{0,63}\\))?', // Password (root): …
  '(?:[ \\t]{0,3}:?[ \\t]{0,3}&?(?:[Ss]tr|[Ss]tring)\\b)?', // password: string = …
  '(?:[ \\t]{1,3}(?:is|was|now)){0,2}', // password is: …
  '[ \\t]{0,64}(?:[?+|]{0,2}={1,3}>?|:=|[:：＝]|(?<=[ \\t])(?:--?>|→)(?=[ \\t]))', // = := => : ->
  '\\*{0,2}[ \\t]{0,64}', // **Password:** …
];

/** Another word behind a name, as almost everywhere: nothing is assigned. Tried first because it is quick. */
const space = '[ \\t]{1,64}(?=[A-Za-z0-9])(?!(?:is|was|now|[Ss]tr|[Ss]tring)\\b)';

/** A name, the full run of its characters so that none is read twice, and what is between it and its value. */
const assignment = new RegExp(
  `(?<![\\w.-])(?<name>[\\w.-]+)(?<link>${space}|${linkParts.join('')}|[ \\t]{1,64})`,
  'g',
);

/** `: SecretString = "…"`, `: &'static str = "…"`: a type between a name and its quoted value. */
const typeBefore =
  /(?:[&A-Za-z][A-Za-z_.<>?&'[\]:]{0,40}(?:[ \t]str)?[ \t]{1,3}=|[A-Z][a-z]{2,20}=)[ \t]{0,3}(?=["'`])/y;

/** The values of all secret names in the text. */
export function findAssignedSecrets(text: string, names: NameMatcher): Span[] {
  const spans: Span[] = [];
  const phrase = new Phrase();
  const unquoted = new UnquotedValues(text);
  assignment.lastIndex = 0;
  for (let match = assignment.exec(text); match; match = assignment.exec(text)) {
    const { name = '', link = '' } = match.groups ?? {};
    const found = { name, nameStart: match.index, link, valueStart: assignment.lastIndex };
    assignment.lastIndex = match.index + name.length;
    phrase.add(text, found);
    const isSecretName = names.isSecret(name) || (isSigned(found) && names.isSecret(phrase.read()));
    const span = isSecretName ? secretOf(text, found, unquoted) : secretByValue(text, found, names);
    if (!span) continue;
    const value = text.slice(span.start, span.end);
    if (!isHarmlessValue(value) && !isSmallNumber(name, value)) spans.push(span);
    // What is inside a value is not read again: the search stays linear.
    assignment.lastIndex = Math.max(span.end, assignment.lastIndex);
  }
  return spans;
}

/** The words before a name: some names have more than one, as in `API key: …`. */
class Phrase {
  #words: readonly string[] = [];
  #end = -1;

  /** Adds the next name of the text; two words before it are kept when one space each separates them. */
  add(text: string, { name, nameStart }: Assignment): void {
    const isNext = nameStart === this.#end + 1 && text.charAt(this.#end) === ' ';
    const [, before = '', last = ''] = isNext ? this.#words : [];
    this.#words = [before, last, name];
    this.#end = nameStart + name.length;
  }

  /** The last name with the words before it. */
  read(): string {
    return this.#words.join(' ');
  }
}

function isSigned({ link }: Assignment): boolean {
  return link.trim() !== '';
}

/** `user:app/password:…`: the name follows a pair, not a folder. */
const pairBefore = /(?:user(?:name)?|login)[:=][^\s/]{1,64}\/$/i;

function secretOf(text: string, found: Assignment, unquoted: UnquotedValues): Span | undefined {
  const { name, nameStart, link, valueStart } = found;
  const isFlag = name.startsWith('-') && /[A-Za-z]/.test(name);
  // A part of a path, an ARN or an address, unless it is quoted or assigned to.
  if (/[:/@]/.test(text.charAt(nameStart - 1)) && /^[ \t:]/.test(link) && !link.includes('=')) {
    if (!pairBefore.test(text.slice(Math.max(0, nameStart - 80), nameStart))) return undefined;
  }
  if (!isSigned(found) && !isFlag) {
    return findSentenceValue(text, nameStart + name.length, name, unquoted);
  }
  if (!isSigned(found) && matchAt(nextFlag, text, valueStart)) return undefined;
  if (matchAt(count, text, valueStart)) return undefined;
  const type = link.includes(':') ? (matchAt(typeBefore, text, valueStart)?.length ?? 0) : 0;
  return findValue(text, { ...found, valueStart: valueStart + type }, unquoted);
}

/** One word, in quotes or not. */
const oneWord = /\\?["'`]?(?<value>[^\s"'`\\]{12,512})/y;

/** A value that is a secret only because of its own form together with the name, such as a random `X_KEY`. */
function secretByValue(text: string, found: Assignment, names: NameMatcher): Span | undefined {
  const { name, nameStart, valueStart } = found;
  if (!isSigned(found) || !names.isHint(name)) return undefined;
  oneWord.lastIndex = valueStart;
  const word = oneWord.exec(text)?.groups?.value;
  if (word === undefined) return undefined;
  const start = oneWord.lastIndex - word.length;
  const isParameter = /[?&]/.test(text.charAt(nameStart - 1));
  const value = isParameter ? word.replace(/&.*/, '') : word.replace(/[,;)}\]]{1,512}$/, '');
  return isSecretByValue(name, value) ? { start, end: start + value.length } : undefined;
}
