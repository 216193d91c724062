// A hash of some characters in a row, which can move along a text one character at a time. Hashes are 32-bit integers.

/** An odd multiplier. */
export const hashBase = 0x01000193;

/** Returns the hash of what was hashed so far and one more character. */
export function extendHash(hash: number, code: number): number {
  return (Math.imul(hash, hashBase) + code) | 0;
}

/** Returns the hash of the `length` characters at `start`. */
export function hashAt(text: string, start: number, length: number): number {
  let hash = 0;
  for (let index = start; index < start + length; index++) hash = extendHash(hash, text.charCodeAt(index));
  return hash;
}
