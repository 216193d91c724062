// The beginnings of encoded secrets, as hashes. An event can contain thousands of secrets, and hardly any of them occurs
// in an encoding, so the encoded texts themselves are made only where one seems to begin.
import type { LazyStrings } from '../text/lazy-strings.ts';
import { extendHash } from '../text/rolling-hash.ts';
import { encodedVariantsOf } from './encoded-variants.ts';

/** The characters of an encoded text that are hashed. */
const headLength = 8;

/** Base64 at each of the three places that a byte can have in its group, each in both alphabets, and hexadecimal. */
const headsOfSecret = 8;

/** For each place of the first byte in its group, the bits of the secret that belong to a character before. */
const skippedBits = [0, 4, 2] as const;

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const standardCodes = Uint8Array.from(`${base64Digits}+/`, (character) => character.charCodeAt(0));
const urlCodes = Uint8Array.from(`${base64Digits}-_`, (character) => character.charCodeAt(0));
const lowerHexCodes = Uint8Array.from('0123456789abcdef', (character) => character.charCodeAt(0));
const upperHexCodes = Uint8Array.from('0123456789ABCDEF', (character) => character.charCodeAt(0));

const minLength = 8;
const maxLength = 64;

/** More secrets than the largest event can contain; `LazyStrings` is limited. */
const maxSecrets = 200_000;

/** The encoded variants of many secrets, except percent-encoding, by the hashes of their first 8 characters. */
export class EncodedHeads implements LazyStrings {
  readonly #secrets: string[] = [];
  /** The variants by the number of their secret. Secrets that begin alike are asked for once for each variant. */
  readonly #made = new Map<number, readonly string[]>();
  readonly #onMade: (variants: readonly string[]) => void;
  #hashes = new Int32Array(headsOfSecret * 64);

  /** `onMade` receives the variants that are made. */
  constructor(onMade: (variants: readonly string[]) => void) {
    this.#onMade = onMade;
  }

  /** Adds a secret, and returns whether it did: it takes only ASCII text of 8 to 64 characters. */
  add(secret: string): boolean {
    if (this.#secrets.length >= maxSecrets || !isShortAscii(secret)) return false;
    const first = this.#secrets.length * headsOfSecret;
    if (first === this.#hashes.length) this.#grow();
    this.#secrets.push(secret);
    let slot = first;
    for (const bits of skippedBits) {
      this.#hashes[slot++] = hashBase64(secret, bits, standardCodes);
      this.#hashes[slot++] = hashBase64(secret, bits, urlCodes);
    }
    this.#hashes[slot++] = hashHex(secret, lowerHexCodes);
    this.#hashes[slot++] = hashHex(secret, upperHexCodes);
    return true;
  }

  get hashes(): Int32Array {
    return this.#hashes.subarray(0, this.#secrets.length * headsOfSecret);
  }

  make(index: number): readonly string[] {
    const number = Math.floor(index / headsOfSecret);
    const known = this.#made.get(number);
    if (known !== undefined) return known;
    const variants = encodedVariantsOf(this.#secrets[number] ?? '');
    this.#made.set(number, variants);
    this.#onMade(variants);
    return variants;
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
  }
}

function isShortAscii(text: string): boolean {
  if (text.length < minLength || text.length > maxLength) return false;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
  return true;
}

function hashBase64(secret: string, skipped: number, codes: Uint8Array): number {
  let hash = 0;
  for (let bit = skipped; bit < skipped + 6 * headLength; bit += 6) {
    const byte = bit >>> 3;
    const two = (secret.charCodeAt(byte) << 8) | secret.charCodeAt(byte + 1);
    hash = extendHash(hash, codes[(two >>> (10 - (bit & 7))) & 63] ?? 0);
  }
  return hash;
}

function hashHex(secret: string, codes: Uint8Array): number {
  let hash = 0;
  for (let index = 0; index < headLength / 2; index++) {
    const code = secret.charCodeAt(index);
    hash = extendHash(extendHash(hash, codes[code >>> 4] ?? 0), codes[code & 15] ?? 0);
  }
  return hash;
}
