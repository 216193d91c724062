// Secrets by the form of the value, anywhere in a text.
import { findAssignedSecrets } from './assignments.ts';
import { type NameMatcher, nameRules } from './field-names.ts';
import { mergeSpans, type Span, spansOf } from './spans.ts';
import { findUrlPasswords } from './url-passwords.ts';
import { privateKeyBlock, vendorToken, webhookPath } from './vendor-tokens.ts';

/** Finds secrets of one form in a text. */
export type SecretShape = (text: string, names: NameMatcher) => Span[];

const authorizationHeader = /\b(?:Bearer|Token)[ \t]+(?<secret>(?=[^\s,;"']*[\d.])[A-Za-z0-9._~+/=-]{16,})/gi;
const basicHeader = /\bBasic[ \t]+(?<secret>[A-Za-z0-9+/_-]{8,}={0,2})/gi;
const curlUser = /(?<=[ \t]|^)(?:-u|--user)[ \t=]+["']?[^\s:"']{1,128}:(?<secret>[^\s"']+)/g;
const fortyCharacters = /(?<![A-Za-z0-9/+_-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/g;
const longBase64 = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/_=-])/g;

export const secretShapes: readonly SecretShape[] = [
  (text) => spansOf(text, vendorToken),
  (text) => spansOf(text, privateKeyBlock),
  (text) => spansOf(text, webhookPath),
  (text) => findUrlPasswords(text),
  (text, names) => findAssignedSecrets(text, names),
  (text) => spansOf(text, authorizationHeader),
  (text) => spansOf(text, basicHeader).filter((span) => /^[^:]+:./s.test(decode(text, span) ?? '')),
  (text) => spansOf(text, curlUser),
  (text) => spansOf(text, fortyCharacters).filter((span) => isAwsSecretKey(text.slice(span.start, span.end))),
  findEncodedSecrets,
];

/** The secrets in a text by their form. */
export function findSecrets(text: string, shapes: readonly SecretShape[], names: NameMatcher): Span[] {
  return isTooShort(text) ? [] : mergeSpans(shapes.flatMap((shape) => shape(text, names)));
}

/** The shortest vendor's token has 15 characters; below that only a name and a sign before it give a secret away. */
function isTooShort(text: string): boolean {
  return text.length < 15 && !/[\s=:]/.test(text);
}

/** 40 characters of base64 that are neither a hash nor a path: an AWS secret access key. */
function isAwsSecretKey(value: string): boolean {
  const isMixed = /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value);
  return isMixed && !/^[0-9a-f]+$/i.test(value) && value.split('/').length <= 5 && entropyBits(value) > 4;
}

/** Shannon entropy, bits a character. */
function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** The text that a base64 stretch stands for; `undefined` when it is not printable text. */
function decode(text: string, { start, end }: Span): string | undefined {
  const decoded = Buffer.from(text.slice(start, end), 'base64').toString('utf8');
  return /^[\t\n\r -~\u00a0-\uffef]+$/.test(decoded) && !decoded.includes('\ufffd') ? decoded : undefined;
}

/** Base64 of a text that itself holds a secret. */
function findEncodedSecrets(text: string, names: NameMatcher): Span[] {
  return spansOf(text, longBase64).filter((span) => {
    const decoded = decode(text, span);
    return decoded !== undefined && secretShapes.some((shape) => shape(decoded, names).length > 0);
  });
}

export { nameRules };
