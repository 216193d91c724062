// Many histories of a reader that follows the log. To replay a failing seed: RECORDED_SEED=N RECORDED_HISTORIES=1.
import { describe, expect, it } from 'vitest';
import { runRecordedHistory } from './recorded-history.ts';

const firstSeed = Number(process.env.RECORDED_SEED ?? 1000);
const histories = Number(process.env.RECORDED_HISTORIES ?? 100);

describe('searchRecorded', () => {
  it(`misses and repeats nothing in ${histories} histories from seed ${firstSeed}`, async () => {
    for (let seed = firstSeed; seed < firstSeed + histories; seed++) {
      expect(await runRecordedHistory(seed), `seed ${seed}`).toEqual([]);
    }
  }, 300_000);
});
