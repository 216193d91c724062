// Secrets named in running text: `password=…`, `token: …`, `--api-key …`, in ENV, YAML, connection strings and prose.
import type { NameMatcher } from './field-names.ts';
import type { Span } from './spans.ts';

/** A name and what stands between it and its value. */
const assignment =
  /(?<![\w:/@.-])(?<flag>--?)?(?<name>[A-Za-z_][\w.-]{0,63})(?<quote>\\?["'])?(?<between>[ \t]{0,3}(?:=>|:=|[=:])[ \t]{0,3}|[ \t]{1,3})/g;

const authScheme = /(?:bearer|basic|token|apikey|digest)[ \t]+/iy;
const openingQuote = /\\?["'`]/y;
const parameterValue = /[^\s&"<>]+/y;
const word = /[^\s,;&"'`)}\]]+/y;

/** The rest of a line without a sign that could separate further assignments. */
const plainLine = /[^\r\n;&,]*[^\s;&,](?=[ \t]*(?:[\r\n]|$))/y;

function matchAt(sticky: RegExp, text: string, index: number): string | undefined {
  sticky.lastIndex = index;
  return sticky.exec(text)?.[0];
}

/** What a value is that cannot be a secret: nothing, a reference to one, or a marker-like mask. */
const harmlessValue =
  /^(?:\*+|null|none|nil|undefined|true|false|\$\{[^}]*\}?|\$\w+|\$\([^)]*\)|<[^>]*>|arn:aws[\w-]*:\S*|\{\{resolve:[^}]*\}\}|\{\{[^}]*\}\})$/i;

/** Words that follow a secret's name in prose: "password is …", "rotated the token to …". */
const proseLink = /^(?:is|was|to|now)[ \t]+/i;

/** The values of all secret names in the text. */
export function findAssignedSecrets(text: string, names: NameMatcher): Span[] {
  const spans: Span[] = [];
  assignment.lastIndex = 0;
  for (let match = assignment.exec(text); match; match = assignment.exec(text)) {
    const { flag, name, between } = match.groups ?? {};
    if (name === undefined || between === undefined || !names.isSecret(name)) continue;
    const isAssigned = between.trim() !== '';
    const start = match.index + match[0].length;
    const span = isAssigned || flag ? valueAt(text, match.index, start) : proseValueAt(text, start);
    if (!span) continue;
    if (!harmlessValue.test(text.slice(span.start, span.end))) spans.push(span);
    // What is inside a value is not read again: the search stays linear.
    assignment.lastIndex = span.end;
  }
  return spans;
}

function startsLine(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 40), index);
  return /^[ \t]*(?:-[ \t]+|export[ \t]+|set[ \t]+)?["']?$/.test(before.slice(before.lastIndexOf('\n') + 1));
}

/** A quoted value; else the rest of a line that is nothing but this assignment; else the next word. */
function valueAt(text: string, nameStart: number, start: number): Span | undefined {
  const valueStart = start + (matchAt(authScheme, text, start)?.length ?? 0);
  const open = matchAt(openingQuote, text, valueStart);
  if (open !== undefined) {
    return toSpan(valueStart + open.length, closingQuote(text, open, valueStart + open.length));
  }
  if (isUrlParameter(text, nameStart)) {
    const value = matchAt(parameterValue, text, valueStart) ?? '';
    return toSpan(valueStart, valueStart + value.length);
  }
  const line = startsLine(text, nameStart) ? matchAt(plainLine, text, valueStart) : undefined;
  const value = line ?? matchAt(word, text, valueStart) ?? '';
  return toSpan(valueStart, valueStart + value.length);
}

/** Where a quoted value ends: at the quote that no backslash escapes, else with the text. */
function closingQuote(text: string, open: string, start: number): number {
  let close = text.indexOf(open, start);
  while (close !== -1 && open.length === 1 && isEscaped(text, close)) close = text.indexOf(open, close + 1);
  return close === -1 ? text.length : close;
}

function isEscaped(text: string, index: number): boolean {
  const backslashes = /\\{0,64}$/.exec(text.slice(Math.max(0, index - 64), index))?.[0].length ?? 0;
  return backslashes % 2 === 1;
}

function isUrlParameter(text: string, nameStart: number): boolean {
  return /[?&]/.test(text.charAt(nameStart - 1));
}

/** In prose a word counts only when it does not look like one: it holds a digit or an unusual sign. */
function proseValueAt(text: string, start: number): Span | undefined {
  const rest = text.slice(start, start + 512);
  const link = proseLink.exec(rest)?.[0].length ?? 0;
  const value = /^[^\s,;"'`()]+/.exec(rest.slice(link))?.[0].replace(/[.:!?]+$/, '') ?? '';
  const isUnusual = link > 0 && value.length >= 6 && /[\d!@#$%^&*+=~]/.test(value);
  return isUnusual ? toSpan(start + link, start + link + value.length) : undefined;
}

function toSpan(start: number, end: number): Span | undefined {
  return end > start ? { start, end } : undefined;
}
