// Text inside text: base64, hex and percent-encoding that stand for readable text. Nothing is unpacked, so nothing grows.
import { type Span, spansOf } from '../text/spans.ts';

export interface Encoding {
  readonly span: Span;
  readonly decoded: string;
}

const longBase64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/_=-])/g;
const longHex = /(?<![0-9A-Za-z])(?:[0-9a-f]{24,}|[0-9A-F]{24,})(?![0-9A-Za-z])/g;
/** A text without it holds neither, as most do. */
const longRun = /[A-Za-z0-9+/_-]{24}/;
const longPercent = /(?<![^\s"'<>&=?])[^\s"'<>&=?]{12,}/g;

const none: readonly Encoding[] = [];

/** The stretches of a text that stand for other text. */
export function findEncodings(text: string): readonly Encoding[] {
  if (text.length < 12) return none;
  const coded = longRun.test(text)
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

/** The text that base64 stands for; `undefined` when it is not printable text. */
export function decodeBase64(coded: string): string | undefined {
  return printable(Buffer.from(coded, 'base64'));
}

/** The text that hex stands for; `undefined` when it is not printable text. */
export function decodeHex(coded: string): string | undefined {
  return printable(Buffer.from(coded, 'hex'));
}

function printable(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return isPrintable(text) ? text : undefined;
}

/** Whether a decoded text is one that people could have written, and not bytes by chance. */
export function isPrintable(text: string): boolean {
  return /^[\t\n\r -~\u00a0-\uffef]+$/.test(text) && !text.includes('\ufffd');
}

/** The decoded text; `undefined` when nothing is encoded in it. */
function decodePercent(coded: string): string | undefined {
  const text = coded.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
  return text === coded ? undefined : text;
}
