// A seeded random generator with the same results on every machine.

export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number;
  /** An integer from `least` to `most`, both inclusive. */
  integer(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** One of the keys, with a probability proportional to its weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
  /** `length` characters of the alphabet. */
  text(length: number, alphabet?: string): string;
}

export const hexDigits = '0123456789abcdef';
const lettersAndDigits = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** mulberry32: 32 bits of state, sufficient for generated data, not for real secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  function pick<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(fraction() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
  return {
    fraction,
    pick,
    integer: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    chance: (probability) => fraction() < probability,
    weighted: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      return pick(entries)[0];
    },
    text: (length, alphabet = lettersAndDigits) =>
      Array.from({ length }, () => alphabet.charAt(Math.floor(fraction() * alphabet.length))).join(''),
  };
}
