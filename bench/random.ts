// Seeded randomness, so that every run measures the same data.
import { createRandom as createChoices } from '../local/demo/random.ts';

/** Numbers from 0 to 1, the same for the same seed. */
export function createRandom(seed: number): () => number {
  return createChoices(seed).fraction;
}

/** Draws from 0 to count - 1, the lower the likelier: Zipf's law with this exponent. */
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
