// Finds text that is encoded inside text: base64, hexadecimal and percent-encoding of readable text. Decoded text is never
// longer than the encoded one.
import { type Span, spansOf } from '../text/spans.ts';

export interface Encoding {
  readonly span: Span;
  readonly decoded: string;
}

const longBase64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/_=-])/g;
const longHex = /(?<![0-9A-Za-z])(?:[0-9a-f]{24,}|[0-9A-F]{24,})(?![0-9A-Za-z])/g;
/** Most texts do not match this, so they contain neither of the two. */
const longRun = /[A-Za-z0-9+/_-]{24}/;
const longPercent = /(?<![^\s"'<>&=?])[^\s"'<>&=?]{12,}/g;
const base64Only = /^[A-Za-z0-9+/_-]{24,}={0,2}$/;

/** Shorter base64 and hexadecimal text is not decoded. */
const longLength = 24;

/** Shorter text is not decoded. */
const minEncodedLength = 12;

const none: readonly Encoding[] = [];

/** Returns the stretches of a text that are encoded readable text. They can overlap. */
export function findEncodings(text: string): readonly Encoding[] {
  if (text.length < minEncodedLength) return none;
  const coded =
    text.length >= longLength && longRun.test(text)
      ? [...decodeAll(text, longBase64, decodeBase64), ...decodeAll(text, longHex, decodeHex)]
      : none;
  if (!text.includes('%') || !/%(?:22|27|3A|3D|40)/i.test(text)) return coded;
  return [...coded, ...decodeAll(text, longPercent, decodePercent)];
}

function decodeAll(text: string, pattern: RegExp, decode: (coded: string) => string | undefined): Encoding[] {
  return spansOf(text, pattern).flatMap((span) => {
    const decoded = decode(text.slice(span.start, span.end));
    return decoded === undefined ? [] : [{ span, decoded }];
  });
}

/** Returns the text that base64 represents; `undefined` if it is not readable text. */
export function decodeBase64(coded: string): string | undefined {
  return printable(Buffer.from(coded, 'base64'));
}

/** Whether a text is base64 of readable text, and long enough that `findEncodings` decodes it. */
export function isBase64Text(text: string): boolean {
  return base64Only.test(text) && decodeBase64(text) !== undefined;
}

/** Returns the text that hexadecimal digits represent; `undefined` if it is not readable text. */
export function decodeHex(coded: string): string | undefined {
  return printable(Buffer.from(coded, 'hex'));
}

function printable(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return isPrintable(text) ? text : undefined;
}

/** Whether a decoded text is one that people can have written, and not random bytes. */
export function isPrintable(text: string): boolean {
  return /^[\t\n\r -~\u00a0-\uffef]+$/.test(text) && !text.includes('\ufffd');
}

/** Returns the decoded text; `undefined` if nothing in it is encoded. */
function decodePercent(coded: string): string | undefined {
  const text = coded.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
  return text === coded ? undefined : text;
}
