import fc from 'fast-check';
import { describe, it } from 'vitest';
import { declaredCases } from './declared-cases.ts';
import { expectHidden } from './declared-secrets.ts';

/** Number of random events. 100,000 take hours: DECLARED_CASES=100000. */
const cases = Number(process.env.DECLARED_CASES ?? 1_000);

describe('declared secrets', () => {
  it(`survive in none of ${cases} random events`, async () => {
    await fc.assert(fc.asyncProperty(declaredCases, expectHidden), { numRuns: cases });
  }, 3_600_000);
});
