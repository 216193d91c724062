import { describe, expect, it } from 'vitest';
import { deadlinesWithin } from '../../../functions/shared/batch-deadlines.ts';
import { retryAfterSeconds } from '../../../functions/shared/retry-visibility.ts';

describe('deadlinesWithin', () => {
  it('starts messages for 30 of 60 seconds and retries inserts for 45', () => {
    expect(deadlinesWithin(60_000, 1_000)).toEqual({ startUntilMillis: 31_000, retryUntilMillis: 46_000 });
  });

  it('leaves time to start and to retry, however little time remains', () => {
    for (const remaining of [1_000, 20_000, 29_000]) {
      const { startUntilMillis, retryUntilMillis } = deadlinesWithin(remaining, 0);
      expect(startUntilMillis).toBeGreaterThan(0);
      expect(retryUntilMillis).toBeGreaterThan(startUntilMillis);
      expect(retryUntilMillis).toBeLessThan(remaining);
    }
  });
});

describe('retryAfterSeconds', () => {
  it('waits 2 to 8 seconds, then 10 to 30, then the visibility timeout of the queue', () => {
    expect([0, 0.999].map((random) => retryAfterSeconds(1, () => random))).toEqual([2, 8]);
    expect([0, 0.999].map((random) => retryAfterSeconds(2, () => random))).toEqual([10, 30]);
    expect(retryAfterSeconds(3)).toBeUndefined();
    expect(retryAfterSeconds(Number.NaN)).toBeUndefined();
  });
});
