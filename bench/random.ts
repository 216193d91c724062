// Provides seeded random numbers, so that every run measures the same data.
import { createRandom as createChoices } from '../local/demo/random.ts';

/** Returns a generator of numbers from 0 to 1 that depends only on the seed. */
export function createRandom(seed: number): () => number {
  return createChoices(seed).fraction;
}

/** Returns a generator of numbers from 0 to count - 1 that follow Zipf's law: lower numbers are more likely. */
export function createZipf(count: number, exponent: number, random: () => number): () => number {
  const cumulative: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) {
    sum += 1 / rank ** exponent;
    cumulative.push(sum);
  }
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
