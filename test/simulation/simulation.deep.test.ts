// The long form of the simulation: 20,000 further histories.
import { expect, it } from 'vitest';
import { brokenIn } from './histories.ts';

const firstSeed = 100_000;
const histories = 20_000;

it(`breaks no law in ${histories} further histories from seed ${firstSeed}`, async () => {
  for (let seed = firstSeed; seed < firstSeed + histories; seed++) {
    expect(await brokenIn(seed), `seed ${seed}`).toEqual([]);
  }
}, 600_000);
