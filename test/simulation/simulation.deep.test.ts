// The long simulation: 20,000 more histories.
import { expect, it } from 'vitest';
import { brokenIn } from './histories.ts';

const firstSeed = 100_000;
const histories = 20_000;

it(`violates no law in ${histories} more histories from seed ${firstSeed}`, async () => {
  for (let seed = firstSeed; seed < firstSeed + histories; seed++) {
    expect(await brokenIn(seed), `seed ${seed}`).toEqual([]);
  }
}, 600_000);
