// Reproducible randomness: the same seed gives the same attack.
import { createRandom } from '../../local/demo/random.ts';

export const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const lower = 'abcdefghijklmnopqrstuvwxyz';
export const digits = '0123456789';
export const hex = '0123456789abcdef';
export const alphanumeric = upper + lower + digits;
export const base64Signs = `${alphanumeric}+/`;
export const base64UrlSigns = `${alphanumeric}-_`;

/** The seed of a run: `ATTACKS_SEED`, or a constant, so that failures are reproducible. */
export const runSeed = Number(process.env.ATTACKS_SEED ?? 20261125);

/** A seeded random generator. */
export class Seeded {
  /** At least 0, below 1. */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = createRandom(seed).fraction;
  }

  /** An integer from `min` to `max`, both inclusive. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** Returns true with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.int(0, choices.length - 1)] as T;
  }

  /** `length` characters of an alphabet. */
  text(length: number, alphabet = alphanumeric): string {
    return Array.from({ length }, () => alphabet[this.int(0, alphabet.length - 1)]).join('');
  }

  /**
   * Characters of an alphabet with at least one uppercase letter, lowercase letter and digit, as issuers
   * generate them.
   */
  mixed(length: number, alphabet = alphanumeric): string {
    for (;;) {
      const text = this.text(length, alphabet);
      if (/[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)) return text;
    }
  }
}
