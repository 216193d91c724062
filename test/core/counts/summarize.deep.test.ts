import { describe, expect, it } from 'vitest';
import { checkSealedSummaries, checkSummaries } from './check-summary.ts';

describe('summarize', () => {
  it('equals brute force for 10,000 random filters, groupings, time zones, and callers', async () => {
    await checkSummaries(10_000, 20);
  }, 900_000);

  it('equals brute force for 10,000 of them that are counted from the sealed log too', async () => {
    expect(await checkSealedSummaries(10_000, 100)).toBeGreaterThan(1000);
  }, 900_000);
});
