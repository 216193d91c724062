// Secrets named in running text: `password=…`, `token: …`, `--api-key …`, in ENV, YAML, connection strings and prose.
import type { Span } from '../text/spans.ts';
import { isUnusual, withoutFullStop } from '../text/words.ts';
import { count, isHarmlessValue, nextFlag } from './allowlist.ts';
import { type Assignment, findValue, matchAt } from './assigned-values.ts';
import type { NameMatcher } from './name-matcher.ts';

/** What may close the name, say more of it, and assign to it; in this order. */
const linkParts = [
  '[\\\\"\'`*\\]]{0,8}', // "password": … user[password]=… **Password**: …
  '(?:[ \\t]{0,3}\\([^()\\r\\n]{0,64}\\))?', // Password (root): …
  '(?:[ \\t]{0,3}:?[ \\t]{0,3}&?(?:str|string)\\b)?', // password: string = …
  '(?:[ \\t]{1,3}(?:is|was|now)){0,2}', // password is: …
  '[ \\t]{0,64}(?:[?+|]{0,2}={1,3}>?|:=|[:：＝]|(?<=[ \\t])(?:--?>|→)(?=[ \\t]))', // = := => : ->
  '\\*{0,2}[ \\t]{0,64}', // **Password:** …
];

/** Before a further word nothing assigns, as almost everywhere; looked at first since it is quick to see. */
const space = '[ \\t]{1,64}(?=[A-Za-z0-9])(?!(?:is|was|now|str|string)\\b)';

/** A name, the whole run of its characters so that none is read twice, and what stands between it and its value. */
const assignment = new RegExp(
  `(?<![\\w.-])(?<name>[\\w.-]+)(?<link>${space}|${linkParts.join('')}|[ \\t]{1,64})`,
  'g',
);

/** The values of all secret names in the text. */
export function findAssignedSecrets(text: string, names: NameMatcher): Span[] {
  const spans: Span[] = [];
  const phrase = new Phrase();
  assignment.lastIndex = 0;
  for (let match = assignment.exec(text); match; match = assignment.exec(text)) {
    const { name = '', link = '' } = match.groups ?? {};
    const valueStart = assignment.lastIndex;
    const found = { name, nameStart: match.index, link, valueStart };
    assignment.lastIndex = match.index + name.length;
    phrase.add(text, found);
    if (!names.isSecret(name) && !(isSigned(found) && names.isSecret(phrase.read()))) continue;
    const span = secretOf(text, found);
    if (!span) continue;
    if (!isHarmlessValue(text.slice(span.start, span.end))) spans.push(span);
    // What is inside a value is not read again: the search stays linear.
    assignment.lastIndex = Math.max(span.end, assignment.lastIndex);
  }
  return spans;
}

/** The words before a name: some names consist of more than one, as in `API key: …`. */
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

function secretOf(text: string, found: Assignment): Span | undefined {
  const { name, nameStart, link, valueStart } = found;
  const isFlag = name.startsWith('-') && /[A-Za-z]/.test(name);
  // A part of a path, an ARN or an address, unless it is quoted or assigned to.
  if (/[:/@]/.test(text.charAt(nameStart - 1)) && /^[ \t:]/.test(link) && !link.includes('='))
    return undefined;
  if (!isSigned(found) && !isFlag) return proseValueAt(text, nameStart + name.length);
  if (!isSigned(found) && matchAt(nextFlag, text, valueStart)) return undefined;
  return matchAt(count, text, valueStart) ? undefined : findValue(text, found);
}

/** Words that follow a secret's name in prose: "password is …", "rotated the token of prod to …". */
const prose =
  /(?:[ \t]{1,3}(?:for|of)[ \t]{1,3}[^\s,;"'`()]{1,64})?[ \t]{1,3}(?:is|was|to|now)[ \t]{1,64}(?<value>[^\s,;"'`()]{1,512})/iy;

/** In prose a word counts only when it does not look like one. */
function proseValueAt(text: string, start: number): Span | undefined {
  prose.lastIndex = start;
  const match = prose.exec(text);
  const value = withoutFullStop(match?.groups?.value ?? '');
  if (!match || !isUnusual(value)) return undefined;
  const valueStart = start + match[0].length - (match.groups?.value?.length ?? 0);
  return { start: valueStart, end: valueStart + value.length };
}
