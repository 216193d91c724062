// Text that reads otherwise because some of its characters are escaped: in percent-encoding, with `+` for spaces as in
// forms, with backslashes as in JSON. It keeps where each character of a reading stood.
import type { Span } from '../text/spans.ts';

/** Escaped text that was escaped again is read, no deeper; that of forms is escaped in both of its ways. */
export const maxEscapings = 2;

export interface Reading {
  readonly text: string;
  /** The stretch of the escaped text that a stretch of the reading was made of. */
  sourceOf(span: Span): Span;
}

/** What an escape stands for, and how many of its characters do. */
type Piece = readonly [decoded: string, length: number];

interface Escaping {
  /** A text without it is not read so. */
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

/** The readings of a text in which anything is escaped; `+` counts for a space only when asked for. */
export function readEscapes(text: string, isForm: boolean): Reading[] {
  // Most texts hold none of the signs.
  if (!text.includes('%') && !text.includes('\\') && !(isForm && text.includes('+'))) return none;
  return [percent, ...(isForm ? [form] : []), backslash].flatMap((escaping) => read(text, escaping) ?? []);
}

function read(text: string, { sign, pattern, decode }: Escaping): Reading | undefined {
  if (!text.includes(sign)) return undefined;
  const parts: string[] = [];
  // Where each character of the reading begins; those that one escape makes together begin at the same place.
  const starts: number[] = [];
  let place = 0;
  const readTo = (end: number) => {
    parts.push(text.slice(place, end));
    for (; place < end; place++) starts.push(place);
  };
  for (const match of text.matchAll(pattern)) {
    readTo(match.index);
    for (const [decoded, length] of decode(match[0])) {
      parts.push(decoded);
      for (let unit = 0; unit < decoded.length; unit++) starts.push(place);
      place += length;
    }
  }
  if (place === 0) return undefined;
  readTo(text.length);
  starts.push(text.length);
  return {
    text: parts.join(''),
    sourceOf: (span) => {
      let end = span.end;
      while (end < starts.length - 1 && starts[end] === starts[end - 1]) end++;
      return { start: starts[span.start] ?? 0, end: starts[end] ?? text.length };
    },
  };
}

/** UTF-8, or one character a byte where it is none: so no character stands for more than four bytes. */
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
