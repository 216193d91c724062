// Reads text whose characters are escaped: in percent-encoding, with `+` for spaces as in forms, or with backslashes as in
// JSON. It remembers where each character of the result was in the escaped text.
import type { Span } from '../text/spans.ts';

/** How often escaped text is unescaped. Form data needs two rounds: one for `+`, one for percent-encoding. */
export const maxEscapings = 2;

export interface Reading {
  readonly text: string;
  /** Returns the stretch of the escaped text that a stretch of this text comes from. */
  sourceOf(span: Span): Span;
}

/** What an escape sequence represents, and its length in characters. */
export type Piece = readonly [decoded: string, length: number];

/** One way to escape characters. */
export interface Escaping {
  /** A text without this sign contains no such escape sequence. */
  readonly sign: string;
  readonly pattern: RegExp;
  decode(coded: string): Iterable<Piece>;
}

const percent: Escaping = { sign: '%', pattern: /(?:%[0-9a-f]{2})+/gi, decode: decodePercent };
const form: Escaping = { sign: '+', pattern: /\+/g, decode: () => [[' ', 1]] };
const backslash: Escaping = {
  sign: '\\',
  pattern: /\\(?:u[0-9a-f]{4}|[\s\S])/gi,
  decode: (coded) => [[decodeBackslash(coded), coded.length]],
};

const none: Reading[] = [];

/** Returns the text without its escapes, once for each kind of escape that it contains. `isForm` reads `+` as a space. */
export function readEscapes(text: string, isForm: boolean): Reading[] {
  // Most texts contain none of the signs.
  if (!text.includes('%') && !text.includes('\\') && !(isForm && text.includes('+'))) return none;
  return [percent, ...(isForm ? [form] : []), backslash].flatMap(
    (escaping) => readEscaping(text, escaping) ?? [],
  );
}

/** The reading of a text that is escaped this way; `undefined` when nothing in it is. */
export function readEscaping(text: string, escaping: Escaping): Reading | undefined {
  const { sign, pattern, decode } = escaping;
  if (!text.includes(sign)) return undefined;
  const parts: string[] = [];
  let place = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(place, match.index));
    for (const [piece] of decode(match[0])) parts.push(piece);
    place = match.index + match[0].length;
  }
  if (place === 0) return undefined;
  parts.push(text.slice(place));
  const decoded = parts.join('');
  let starts: Uint32Array | undefined;
  return {
    text: decoded,
    sourceOf: (span) => {
      // Most readings hold nothing to find.
      starts ??= startsOf(text, escaping, decoded.length);
      let end = span.end;
      while (end < decoded.length && starts[end] === starts[end - 1]) end++;
      return { start: starts[span.start] ?? 0, end: starts[end] ?? text.length };
    },
  };
}

/** Where each character of the reading begins, and its end; those that one escape makes together begin at one place. */
function startsOf(text: string, { pattern, decode }: Escaping, length: number): Uint32Array {
  const starts = new Uint32Array(length + 1);
  let [index, place] = [0, 0];
  const readTo = (end: number) => {
    while (place < end) starts[index++] = place++;
  };
  for (const match of text.matchAll(pattern)) {
    readTo(match.index);
    for (const [piece, size] of decode(match[0])) {
      for (let unit = 0; unit < piece.length; unit++) starts[index++] = place;
      place += size;
    }
  }
  readTo(text.length);
  starts[index] = text.length;
  return starts;
}

/** Decodes UTF-8; bytes that are not UTF-8 become one character each. */
function* decodePercent(coded: string): Iterable<Piece> {
  const bytes = Buffer.from(coded.replaceAll('%', ''), 'hex');
  const text = bytes.toString();
  if (text.includes('\ufffd')) {
    for (const byte of bytes) yield [String.fromCharCode(byte), 3];
  } else {
    for (const character of text) yield [character, 3 * Buffer.byteLength(character)];
  }
}

const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function decodeBackslash(coded: string): string {
  const sign = coded.charAt(1);
  if (coded.length > 2) return String.fromCharCode(Number.parseInt(coded.slice(2), 16));
  return letters[sign] ?? sign;
}
