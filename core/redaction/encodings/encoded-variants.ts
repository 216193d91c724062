// How a secret reads in base64, hexadecimal and percent-encoding, wherever it is in the encoded text.
import { CharacterRuns } from '../text/character-runs.ts';

/** Longer secrets are searched for as they are only. */
const maxLength = 4096;

/** Base64 and hexadecimal text is hidden as a whole, because what is left of it would still reveal something. */
const codedCharacter = /[A-Za-z0-9+/=_-]/;

/** Characters that percent-encoding does not change. */
const percentSafe = /^[A-Za-z0-9_.!~*'()-]*$/;

/**
 * Returns the encoded text that represents the secret and nothing around it: base64 and base64url at each of the three
 * places that a byte can have in its group, hexadecimal in both cases, and percent-encoding.
 */
export function encodedVariantsOf(secret: string): string[] {
  if (secret.length > maxLength) return [];
  const bytes = Buffer.from(`\0\0${secret}`);
  const variants: string[] = [];
  const add = (variant: string) => {
    if (variant !== secret && !variants.includes(variant)) variants.push(variant);
  };
  for (const before of [0, 1, 2]) {
    const base64 = base64At(bytes, before);
    add(base64);
    if (/[+/]/.test(base64)) add(base64.replaceAll('+', '-').replaceAll('/', '_'));
  }
  const hex = bytes.toString('hex', 2);
  add(hex);
  add(hex.toUpperCase());
  for (const variant of percentVariantOf(secret)) add(variant);
  return variants;
}

/** Returns the secret in percent-encoding; nothing if that does not change it. */
export function percentVariantOf(secret: string): string[] {
  return percentSafe.test(secret) || !secret.isWellFormed() ? [] : [encodeURIComponent(secret)];
}

/** The characters that the bytes after the two leading ones decide, with `before` other bytes in their group. */
function base64At(bytes: Buffer, before: number): string {
  const coded = bytes.toString('base64', 2 - before);
  const first = Math.ceil((before * 8) / 6);
  return coded.slice(first, Math.floor(((before + bytes.length - 2) * 8) / 6));
}

const codedRuns = new CharacterRuns(codedCharacter);

/** Whether the text has this many characters of base64 or hexadecimal in a row. */
export function hasCodedRun(text: string, length: number): boolean {
  return codedRuns.occursIn(text, length);
}

/** Returns where the encoded text begins and ends that contains the stretch. */
export function growToRun(text: string, start: number, end: number): { start: number; end: number } {
  let [first, last] = [start, end];
  while (first > 0 && codedCharacter.test(text.charAt(first - 1))) first--;
  while (last < text.length && codedCharacter.test(text.charAt(last))) last++;
  return { start: first, end: last };
}
