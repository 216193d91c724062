// Learns the parts of a secret, and what it is when it is decoded, because people quote them plain. Only the pass that
// learns secrets uses it.
import type { JsonValue } from '../../values/json.ts';
import { passwordOf } from '../detectors/basic-credentials.ts';
import { isReference } from '../detectors/state-patterns.ts';
import { quotablePartsOf } from '../detectors/value-shape.ts';
import { isOpaque, parseEmbedded } from '../encodings/embedded-json.ts';
import { decodeBase64, decodeHex, type Encoding, isPrintable } from '../encodings/encoded-text.ts';
import { maxEscapings, readEscapes } from '../encodings/escaped-text.ts';
import type { Span } from '../text/spans.ts';

/**
 * Whether the decoded secret is a secret as a whole. Under the name of a secret it is. A span of a text can be secret
 * only because of a part of it. A value that only has a secret place is not hidden elsewhere.
 */
export type Quotable = 'always' | 'unless it holds one' | 'never';

/** The pass that learns. */
export interface Learner {
  learn(secret: string): void;
  /** The spans of a text that are secret. */
  find(text: string): readonly Span[];
  /** The encoded parts of a text that the decoding budget covers. */
  encodingsIn(text: string): readonly Encoding[];
  /**
   * Learns the secrets in decoded text or JSON. `isNamed`: its name is that of a secret. Returns whether there were
   * any.
   */
  read(value: JsonValue, isNamed: boolean): boolean;
}

/** A secret of one word has no parts to learn. */
const oneWord = /^[A-Za-z0-9]{1,39}$/;

/** Learns what must be hidden elsewhere too because a secret contains it, plain or encoded. */
export function learnDecoded(secret: string, quotable: Quotable, learner: Learner): void {
  if (!oneWord.test(secret)) learnParts(secret, quotable, learner);
  const json = parseEmbedded(secret);
  // Under the name of a secret, each text in it is a secret.
  if (json !== undefined) learner.read(isOpaque(secret, json) ? secret : json, quotable !== 'never');
  learnDecodings(secret, quotable, learner);
}

function learnParts(secret: string, quotable: Quotable, learner: Learner): void {
  if (quotable !== 'never') for (const part of quotablePartsOf(secret)) learner.learn(part);
  for (const { start, end } of learner.find(secret)) {
    if (end - start === secret.length) continue;
    const part = secret.slice(start, end);
    learner.learn(part);
    learnDecodings(part, 'unless it holds one', learner);
  }
}

function learnDecodings(secret: string, quotable: Quotable, learner: Learner): void {
  for (const { decoded, isWhole } of decodingsOf(secret, quotable, learner)) {
    const holdsOne = learner.read(decoded, false);
    if (!isWhole || quotable === 'never') continue;
    const password = isReference(decoded) ? undefined : passwordOf(decoded);
    if (password !== undefined) learner.learn(password);
    if (quotable === 'always' || !holdsOne) learner.read(decoded, true);
  }
  if (quotable === 'never') return;
  // Without the line end behind it, and without escapes.
  for (const text of [secret.trim(), ...unescapingsOf(secret)]) {
    if (text !== secret && isPrintable(text)) learner.learn(text);
  }
}

function unescapingsOf(secret: string, escapings = maxEscapings): string[] {
  if (escapings === 0) return [];
  return readEscapes(secret, true).flatMap(({ text }) => [text, ...unescapingsOf(text, escapings - 1)]);
}

interface Decoding {
  readonly decoded: string;
  /** Whether it is the full secret. */
  readonly isWhole: boolean;
}

/** Encoded text of this length and more is found in any text. */
const longLength = 24;
const maxPadding = 2;

/** The texts that a secret contains in an encoding. */
function decodingsOf(secret: string, quotable: Quotable, learner: Learner): readonly Decoding[] {
  const coded = secret.trim();
  const long = coded.length < longLength ? [] : learner.encodingsIn(coded);
  const decodings = long
    .filter(({ decoded }) => isPrintable(decoded))
    .map(({ span, decoded }) => ({ decoded, isWhole: span.end - span.start === coded.length }));
  const mayBeShort = decodings.length === 0 && coded.length < longLength + maxPadding;
  const short = mayBeShort && quotable !== 'never' ? decodeShort(coded) : undefined;
  return short === undefined ? decodings : [{ decoded: short, isWhole: true }];
}

function decodeShort(coded: string): string | undefined {
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(coded)) return decodeHex(coded);
  return /^[A-Za-z0-9+/_-]{11,}={0,2}$/.test(coded) ? decodeBase64(coded) : undefined;
}
