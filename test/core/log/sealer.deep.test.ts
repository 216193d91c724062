// Hundreds of histories of the sealer. To replay a failing seed: SEALING_SEED=N SEALING_HISTORIES=1.
import { describe, expect, it } from 'vitest';
import { runHistory } from './sealing-history.ts';

const firstSeed = Number(process.env.SEALING_SEED ?? 1000);
const histories = Number(process.env.SEALING_HISTORIES ?? 800);

describe('seal', () => {
  it(`seals every entry exactly once and never forks in ${histories} histories from seed ${firstSeed}`, async () => {
    for (let seed = firstSeed; seed < firstSeed + histories; seed++) {
      expect(await runHistory(seed, 10, seed % 4 === 0), `seed ${seed}`).toEqual([]);
    }
  }, 600_000);
});
