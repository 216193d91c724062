// Where the value ends that a text assigns to a name. How it begins decides: quoted, bracketed, a YAML block, a header,
// the rest of a line, or one unquoted word.
import { behindBracket, closingQuote } from '../text/quoted-values.ts';
import type { Span } from '../text/spans.ts';
import { isClosedAt, type UnquotedValues } from './unquoted-values.ts';

/** A name in a text, and what is between it and its value. */
export interface Assignment {
  readonly name: string;
  readonly nameStart: number;
  readonly link: string;
  readonly valueStart: number;
}

/** `undefined` when the value begins in another way; an empty span when there is no value. */
type ReadValue = (text: string, assignment: Assignment, unquoted: UnquotedValues) => Span | undefined;

/** From the most specific beginning to the least. */
const readers: readonly ReadValue[] = [
  readQuoted,
  readBytes,
  readBracketed,
  readBlock,
  readParameter,
  readHeader,
  readPair,
  readLine,
  readCall,
  readWord,
];

/** The span of the value; `undefined` when there is none. */
export function findValue(text: string, assignment: Assignment, unquoted: UnquotedValues): Span | undefined {
  for (const read of readers) {
    const span = read(text, assignment, unquoted);
    if (span) return span.end > span.start ? span : undefined;
  }
  return undefined;
}

/** What a sticky pattern matches at this index. */
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

/** The quoted value at `start`, without its quotes; `undefined` when no quote opens there. */
export function findQuotedValue(
  text: string,
  start: number,
  unquoted: UnquotedValues,
  contextStart = start,
): Span | undefined {
  openingQuote.lastIndex = start;
  const quote = openingQuote.exec(text)?.groups?.quote;
  if (quote === undefined) return undefined;
  const valueStart = openingQuote.lastIndex;
  const end = closingQuote(text, quote, valueStart);
  if (isClosedAt(text, end + quote.length)) return { start: valueStart, end };
  // The quotes are part of a longer unquoted value.
  return { start: valueStart, end: Math.max(end, unquoted.endOf(end, contextStart)) };
}

function readQuoted(text: string, assignment: Assignment, unquoted: UnquotedValues): Span | undefined {
  return findQuotedValue(text, assignment.valueStart, unquoted, assignment.nameStart);
}

/** `{0x1f, 0x8b, …}`, `bytes([31, 139, …])`, `[]byte{31, …}`: a list of numbers in the notation of a language. */
const bytes =
  /(?:[A-Za-z_][\w.]{0,40})?(?:\[\d{0,5}\])?[A-Za-z]{0,16}[ \t]{0,3}[({[]{1,3}\s{0,16}(?:0x)?[\da-f]{1,4}\s{0,16},[\s\d,xa-f\\]*[)}\]]{0,3}/iy;

function readBytes(text: string, assignment: Assignment, unquoted: UnquotedValues): Span | undefined {
  const { nameStart, valueStart } = assignment;
  const span = spanAt(bytes, text, valueStart);
  if (span === undefined || isClosedAt(text, span.end)) return span;
  // A password can begin like a list: `C(e,h8UvhE;ZyPM}`.
  return { start: valueStart, end: Math.max(span.end, unquoted.endOf(valueStart, nameStart)) };
}

function readBracketed(
  text: string,
  { name, nameStart, valueStart }: Assignment,
  unquoted: UnquotedValues,
): Span | undefined {
  if (!/[{[]/.test(text.charAt(valueStart))) return undefined;
  // An object of this name is the contract's decision, not a header.
  if (name === 'authorization') return { start: valueStart, end: valueStart };
  const end = behindBracket(text, valueStart);
  if (text.charAt(end) !== '>' && isClosedAt(text, end)) return { start: valueStart, end };
  return { start: valueStart, end: Math.max(end, unquoted.endOf(end, nameStart)) };
}

/** A YAML key with nothing on its line but how to read the lines below. */
const blockStart = /(?:[|>][-+\d]{0,3}|[!&][\w!/:.-]{1,64})?[ \t]*(?:#[^\r\n]*)?\r?\n/y;
const blockLine = /(?<indent>[ \t]*)(?<item>-[ \t])?(?<rest>[^\r\n]*)(?:\r?\n|$)/y;

/** The lines below a YAML key that belong to it: those that are indented more, and the items of a list. */
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
/** Schemes with one word behind them. */
const authScheme = /(?:bearer|basic|token|apikey)[ \t]+/iy;
const restOfLine = /[^\r\n]+/y;
const restInside: Readonly<Record<string, RegExp>> = {
  '"': /[^\r\n"]+/y,
  "'": /[^\r\n']+/y,
  '`': /[^\r\n`]+/y,
};

/** All parts of a cookie or a signature: to the end of the line, or of the string that encloses it. */
function readHeader(text: string, { name, nameStart, link, valueStart }: Assignment): Span | undefined {
  if (!headerName.test(name) || !link.startsWith(':') || matchAt(authScheme, text, valueStart))
    return undefined;
  return spanAt(restInside[text.charAt(nameStart - 1)] ?? restOfLine, text, valueStart);
}

/** `Server=db;Password=…;Encrypt=true`: a further pair ends the value. */
const furtherPair = /;[ \t]{0,3}[A-Za-z][\w ]{1,40}=|;$/;

/** A value of an ADO.NET, ODBC or Azure connection string, which begins behind another pair. */
function readPair(text: string, assignment: Assignment, unquoted: UnquotedValues): Span | undefined {
  const { nameStart, link, valueStart } = assignment;
  if (link !== '=' || !/;[ \t]?$/.test(text.slice(Math.max(0, nameStart - 2), nameStart))) return undefined;
  const span = unquoted.valueAt(valueStart, nameStart);
  if (span === undefined) return undefined;
  const length = text.slice(span.start, span.end).search(furtherPair);
  return length === -1 ? span : { start: span.start, end: span.start + length };
}

/** `getenv("NAME", "…")`: an argument can be the secret. */
const call = /[A-Za-z_][\w.]{0,64}\(\s{0,4}(?=["'`A-Z])/y;
/** `… or "…"`: a default behind a call. */
const defaultBehind = /[ \t]{0,4}(?:or|\|\||\?\?|\?:)[ \t]{0,4}(?=["'`])/y;
/** A longer call is read as other text. */
const maxCallLength = 512;

function readCall(
  text: string,
  { nameStart, valueStart }: Assignment,
  unquoted: UnquotedValues,
): Span | undefined {
  const head = matchAt(call, text, valueStart);
  const end = head === undefined ? undefined : behindCall(text, valueStart + head.length);
  return end === undefined
    ? undefined
    : { start: valueStart, end: Math.max(end, unquoted.endOf(valueStart, nameStart)) };
}

/** The offset after the parenthesis that closes a call whose arguments begin at `start`, if they are on one line. */
function behindCall(text: string, start: number): number | undefined {
  for (let at = start; at < start + maxCallLength; at++) {
    const character = text.charAt(at);
    if (character === ')') return behindDefault(text, at + 1);
    if (character === '' || /[(\r\n]/.test(character)) return undefined;
    if (/["'`]/.test(character)) at = closingQuote(text, character, at + 1);
  }
  return undefined;
}

function behindDefault(text: string, end: number): number {
  const link = matchAt(defaultBehind, text, end);
  if (link === undefined) return end;
  const open = end + link.length;
  return Math.min(text.length, closingQuote(text, text.charAt(open), open + 1) + 1);
}

/** The rest of a line without a sign that could separate further assignments. */
const plainLine = /[^\r\n;&,]*[^\s;&,](?=[ \t]*(?:[\r\n]|$))/y;

/** `NAME=value command …`: variables before a command, whose values have no spaces. */
const commandBehind =
  /^\S{1,4096}[ \t]+(?:[A-Z_][A-Z0-9_]*=|[.~]?\/|(?:exec|env|sudo|nohup|time|sh|bash|node|npm|npx|yarn|pnpm|python3?|pip|ruby|bundle|rails|rake|java|php|perl|go|cargo|dotnet|make|psql|pg_dump|pg_restore|mysql|mysqldump|redis-cli|mongosh|docker|kubectl|helm|terraform|aws|az|gcloud|curl|wget|ssh|git|gunicorn|uvicorn|celery)\b|[^\r\n]*(?:[ \t]--?[A-Za-z]|[|<>]))/;

function readLine(text: string, { nameStart, link, valueStart }: Assignment): Span | undefined {
  if (columnOf(text, nameStart) === undefined) return undefined;
  const span = spanAt(plainLine, text, behindScheme(text, valueStart));
  const isCommand = span && link === '=' && commandBehind.test(text.slice(span.start, span.end));
  return isCommand ? undefined : span;
}

function readWord(
  text: string,
  { nameStart, valueStart }: Assignment,
  unquoted: UnquotedValues,
): Span | undefined {
  return unquoted.valueAt(behindScheme(text, valueStart), nameStart);
}

function behindScheme(text: string, start: number): number {
  return start + (matchAt(authScheme, text, start)?.length ?? 0);
}

/** How many characters back the beginning of a line is searched. */
const maxColumn = 256;
const lineStart =
  /^[ \t]*(?:[-*+>#]{1,3}[ \t]+){0,2}(?:(?:export|setx?|env|let|const|var)[ \t]+)?[*"'`@:$]{0,3}$/;

/** How far a name is indented that begins its line, apart from signs; `undefined` for any other. */
function columnOf(text: string, nameStart: number): number | undefined {
  const before = text.slice(Math.max(0, nameStart - maxColumn), nameStart);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return lineStart.test(line) ? line.replace(/["'`]$/, '').length : undefined;
}
