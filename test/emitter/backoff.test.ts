import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delayAfter, pause } from '../../emitter/backoff.ts';

const backoff = { baseDelayMillis: 100, maxDelayMillis: 5000 };
const almostOne = () => 1 - Number.EPSILON;

describe('delayAfter', () => {
  it('doubles the longest delay up to the limit', () => {
    const longest = [1, 2, 3, 6, 7, 60].map((attempt) => delayAfter(attempt, backoff, almostOne));
    expect(longest).toEqual([100, 200, 400, 3200, 5000, 5000]);
  });

  it('spreads retries over the full delay', () => {
    expect(delayAfter(3, backoff, () => 0)).toBe(0);
    expect(delayAfter(3, backoff, () => 0.5)).toBe(200);
  });

  it('stays between 0 and the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, random) => {
          const delay = delayAfter(attempt, backoff, () => random);
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(backoff.maxDelayMillis);
        },
      ),
    );
  });
});

describe('pause', () => {
  it('ends immediately when the signal aborts', async () => {
    const startedAt = Date.now();
    await pause(60_000, AbortSignal.timeout(10));
    await pause(60_000, AbortSignal.abort());
    expect(Date.now() - startedAt).toBeLessThan(5000);
  });
});
