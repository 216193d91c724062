import { describe, expect, it } from 'vitest';
import { runAtIntervals } from '../../../functions/shared/run-at-intervals.ts';

/** Returns the seconds at which the work started. `runSeconds` is how long each run takes. */
async function startsOf(intervalSeconds: number, runSeconds: (run: number) => number): Promise<number[]> {
  let nowMillis = 1_000_000;
  const starts: number[] = [];
  const clock = {
    now: () => nowMillis,
    sleep: async (millis: number) => {
      nowMillis += millis;
    },
  };
  await runAtIntervals(
    intervalSeconds * 1000,
    async () => {
      starts.push((nowMillis - 1_000_000) / 1000);
      nowMillis += runSeconds(starts.length) * 1000;
    },
    clock,
  );
  return starts;
}

describe('runAtIntervals', () => {
  it('runs once at intervals of a minute or more', async () => {
    expect(await startsOf(60, () => 1)).toEqual([0]);
    expect(await startsOf(240, () => 1)).toEqual([0]);
  });

  it('runs again until the next invocation starts', async () => {
    expect(await startsOf(20, () => 1)).toEqual([0, 20, 40]);
    expect(await startsOf(5, () => 1)).toHaveLength(12);
  });

  it('delays runs after one that took longer than the interval, and skips none twice', async () => {
    expect(await startsOf(20, (run) => (run === 1 ? 45 : 1))).toEqual([0, 45]);
    expect(await startsOf(20, () => 70)).toEqual([0]);
  });
});
