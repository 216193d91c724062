// The long simulation: more histories, and some in which the recorder runs every step every time.
import { expect, it } from 'vitest';
import { cachedSteps, findBrokenSeeds } from './histories.ts';

it('violates no law in 40,000 more histories', async () => {
  expect(await findBrokenSeeds(100_000, 40_000, cachedSteps)).toEqual([]);
}, 600_000);

it('violates no law in 10,000 histories without cached steps', async () => {
  expect(await findBrokenSeeds(1_000_000, 10_000)).toEqual([]);
}, 600_000);
