// Finds text that is encoded inside text: base64, hexadecimal and percent-encoding of readable text. Decoded text is never
// longer than the encoded one.
import { CharacterRuns } from '../text/character-runs.ts';
import { type Span, spansOf } from '../text/spans.ts';

export interface Encoding {
  readonly span: Span;
  readonly decoded: string;
}

/** Base64, which can end with padding, and hexadecimal are inside such runs. */
const base64Runs = new CharacterRuns(/[A-Za-z0-9+/_-]/);
const hexRuns = new CharacterRuns(/[0-9A-Fa-f]/);
const longHex = /(?<![0-9A-Za-z])(?:[0-9a-f]{24,}|[0-9A-F]{24,})(?![0-9A-Za-z])/g;
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
  const runs = base64Runs.spansIn(text, longLength);
  const coded =
    runs.length === 0
      ? none
      : [
          ...decodeAll(text, readableSpans(text, paddedSpans(text, runs)), decodeBase64),
          ...decodeAll(text, hexSpans(text, runs), decodeHex),
        ];
  if (!text.includes('%') || !/%(?:22|27|3A|3D|40)/i.test(text)) return coded;
  return [...coded, ...decodeAll(text, spansOf(text, longPercent), decodePercent)];
}

function decodeAll(
  text: string,
  spans: readonly Span[],
  decode: (coded: string) => string | undefined,
): Encoding[] {
  const encodings: Encoding[] = [];
  for (const span of spans) {
    const decoded = decode(text.slice(span.start, span.end));
    if (decoded !== undefined) encodings.push({ span, decoded });
  }
  return encodings;
}

const maxPadding = 2;

/** Returns the runs with their padding, without those that have more `=` behind them than base64 allows. */
function paddedSpans(text: string, runs: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { start, end } of runs) {
    let padded = end;
    while (padded - end < maxPadding && text.charAt(padded) === '=') padded++;
    if (text.charAt(padded) !== '=' && !base64Runs.hasAt(text, padded)) spans.push({ start, end: padded });
  }
  return spans;
}

/** Returns the spans of base64 that can be readable text, without reading them fully. */
function readableSpans(text: string, spans: readonly Span[]): Span[] {
  return spans.filter(({ start }) => !startsWithControl(text, start));
}

/** Returns the hexadecimal digits of one case in the runs. No letter or digit is beside them. */
function hexSpans(text: string, runs: readonly Span[]): Span[] {
  if (!hexRuns.occursIn(text, longLength)) return [];
  return runs.flatMap(({ start, end }) =>
    spansOf(text.slice(start, end), longHex).map((span) => ({
      start: start + span.start,
      end: start + span.end,
    })),
  );
}

/** How much of base64 is decoded first. Few random bytes are readable text so far. */
const headLength = 16;

/** The six bits of each character of base64 and base64url, by its code; 255 for any other. */
const base64Bits = new Uint8Array(128).fill(255);
for (const alphabet of ['+/', '-_']) {
  const characters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${alphabet}`;
  for (let bits = 0; bits < 64; bits++) base64Bits[characters.charCodeAt(bits)] = bits;
}

/**
 * Whether the base64 from this index on begins with bytes that no readable text has. It allocates nothing, because an
 * event can contain 100,000 such words.
 */
function startsWithControl(text: string, start: number): boolean {
  for (let group = start; group < start + headLength; group += 4) {
    let bits = 0;
    for (let index = group; index < group + 4; index++) {
      const code = text.charCodeAt(index);
      const six = code < 128 ? (base64Bits[code] ?? 255) : 255;
      if (six === 255) return false;
      bits = (bits << 6) | six;
    }
    if (isControl(bits >>> 16) || isControl((bits >>> 8) & 255) || isControl(bits & 255)) return true;
  }
  return false;
}

/** Returns the text that base64 represents; `undefined` if it is not readable text. */
export function decodeBase64(coded: string): string | undefined {
  return startsWithControl(coded, 0) ? undefined : printable(Buffer.from(coded, 'base64'));
}

/** Whether a text is base64 of readable text, and long enough that `findEncodings` decodes it. */
export function isBase64Text(text: string): boolean {
  return base64Only.test(text) && decodeBase64(text) !== undefined;
}

/** Returns the text that hexadecimal digits represent; `undefined` if it is not readable text. */
export function decodeHex(coded: string): string | undefined {
  return printable(Buffer.from(coded, 'hex'));
}

/** Whether a byte is a control character, which is one in UTF-8 wherever it is. */
function hasControl(bytes: Buffer): boolean {
  for (let index = 0; index < bytes.length; index++) if (isControl(bytes[index] ?? 0)) return true;
  return false;
}

function isControl(byte: number): boolean {
  return byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

function printable(bytes: Buffer): string | undefined {
  if (hasControl(bytes)) return undefined;
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
