// The value that a text assigns to a name: how far it goes, by how it begins.
import { behindBracket, closingQuote } from '../text/quoted-values.ts';
import type { Span } from '../text/spans.ts';

/** A name in a text, and what stands between it and its value. */
export interface Assignment {
  readonly name: string;
  readonly nameStart: number;
  readonly link: string;
  readonly valueStart: number;
}

/** `undefined` when the value begins in another way; an empty stretch when there is none. */
type ReadValue = (text: string, assignment: Assignment) => Span | undefined;

/** From the most telling beginning to none. */
const readers: readonly ReadValue[] = [
  readQuoted,
  readBracketed,
  readBlock,
  readParameter,
  readHeader,
  readLine,
  readWord,
];

/** The value; `undefined` when there is none. */
export function findValue(text: string, assignment: Assignment): Span | undefined {
  for (const read of readers) {
    const span = read(text, assignment);
    if (span) return span.end > span.start ? span : undefined;
  }
  return undefined;
}

/** What a sticky pattern matches at this place. */
export function matchAt(sticky: RegExp, text: string, index: number): string | undefined {
  sticky.lastIndex = index;
  return sticky.exec(text)?.[0];
}

function spanAt(sticky: RegExp, text: string, start: number): Span | undefined {
  const value = matchAt(sticky, text, start);
  return value === undefined ? undefined : { start, end: start + value.length };
}

/** With the letter or sign that some languages put before: `u'…'`, `E'…'`, `@"…"`. */
const openingQuote = /(?:[befnru]{1,2}|[@$])?(?<quote>"""|'''|\\{0,15}["'`])/iy;

function readQuoted(text: string, { valueStart }: Assignment): Span | undefined {
  openingQuote.lastIndex = valueStart;
  const quote = openingQuote.exec(text)?.groups?.quote;
  if (quote === undefined) return undefined;
  const start = openingQuote.lastIndex;
  return { start, end: closingQuote(text, quote, start) };
}

function readBracketed(text: string, { name, valueStart }: Assignment): Span | undefined {
  if (!/[{[]/.test(text.charAt(valueStart))) return undefined;
  // An object of this name is the contract's decision, not a header.
  const end = name === 'authorization' ? valueStart : behindBracket(text, valueStart);
  return { start: valueStart, end };
}

/** Nothing more on the line of a YAML key but how to read the lines below. */
const blockStart = /(?:[|>][-+\d]{0,3}|[!&][\w!/:.-]{1,64})?[ \t]*(?:#[^\r\n]*)?\r?\n/y;
const blockLine = /(?<indent>[ \t]*)(?<item>-[ \t])?(?<rest>[^\r\n]*)(?:\r?\n|$)/y;

/** The lines below that belong to a YAML key: those that are indented more, and the items of a list. */
function readBlock(text: string, { nameStart, link, valueStart }: Assignment): Span | undefined {
  const column = columnOf(text, nameStart);
  if (column === undefined || !/:[ \t]*$/.test(link)) return undefined;
  const head = matchAt(blockStart, text, valueStart);
  if (head === undefined) return undefined;
  let start = -1;
  let end = valueStart;
  blockLine.lastIndex = valueStart + head.length;
  while (blockLine.lastIndex < text.length) {
    const lineStart = blockLine.lastIndex;
    const { indent = '', item = '', rest = '' } = blockLine.exec(text)?.groups ?? {};
    if (item === '' && rest === '') continue;
    if (indent.length < column || (indent.length === column && item === '')) break;
    if (start === -1) start = lineStart + indent.length;
    end = lineStart + indent.length + item.length + rest.length;
  }
  return { start: start === -1 ? end : start, end };
}

const parameterValue = /[^\s&"<>]+/y;

function readParameter(text: string, { nameStart, valueStart }: Assignment): Span | undefined {
  return /[?&]/.test(text.charAt(nameStart - 1)) ? spanAt(parameterValue, text, valueStart) : undefined;
}

const headerName = /(?:authorization|cookie)$/i;
/** Schemes behind which one word follows. */
const authScheme = /(?:bearer|basic|token|apikey)[ \t]+/iy;
const restOfLine = /[^\r\n]+/y;
const restInside: Readonly<Record<string, RegExp>> = {
  '"': /[^\r\n"]+/y,
  "'": /[^\r\n']+/y,
  '`': /[^\r\n`]+/y,
};

/** The parts of a cookie, or of a signature with its scheme: to the end of the line, or of the string that holds it. */
function readHeader(text: string, { name, nameStart, link, valueStart }: Assignment): Span | undefined {
  if (!headerName.test(name) || !link.startsWith(':') || matchAt(authScheme, text, valueStart))
    return undefined;
  return spanAt(restInside[text.charAt(nameStart - 1)] ?? restOfLine, text, valueStart);
}

/** The rest of a line without a sign that could separate further assignments. */
const plainLine = /[^\r\n;&,]*[^\s;&,](?=[ \t]*(?:[\r\n]|$))/y;

function readLine(text: string, { nameStart, valueStart }: Assignment): Span | undefined {
  if (columnOf(text, nameStart) === undefined) return undefined;
  return spanAt(plainLine, text, behindScheme(text, valueStart));
}

const word = /[^\s,;&"'`)}\]]+/y;

function readWord(text: string, { valueStart }: Assignment): Span | undefined {
  return spanAt(word, text, behindScheme(text, valueStart));
}

function behindScheme(text: string, start: number): number {
  return start + (matchAt(authScheme, text, start)?.length ?? 0);
}

/** How far back the beginning of a line is looked for. */
const maxColumn = 256;
const lineStart =
  /^[ \t]*(?:[-*+>#]{1,3}[ \t]+){0,2}(?:(?:export|setx?|env|let|const|var)[ \t]+)?[*"'`@:$]{0,3}$/;

/** How far a name is indented that nothing but signs stands before on its line; `undefined` for any other. */
function columnOf(text: string, nameStart: number): number | undefined {
  const before = text.slice(Math.max(0, nameStart - maxColumn), nameStart);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return lineStart.test(line) ? line.replace(/["'`]$/, '').length : undefined;
}
