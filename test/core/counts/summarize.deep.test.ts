import { describe, it } from 'vitest';
import { checkSummaries } from './check-summary.ts';

describe('summarize', () => {
  it('equals brute force for 10,000 random filters, groupings, time zones, and callers', async () => {
    await checkSummaries(10_000, 20);
  }, 900_000);
});
