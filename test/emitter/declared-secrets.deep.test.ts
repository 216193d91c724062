import fc from 'fast-check';
import { describe, it } from 'vitest';
import { declaredCases } from './declared-cases.ts';
import { expectHidden, expectRedacted } from './declared-secrets.ts';

/** Number of random events. Set DECLARED_CASES=100000 for the number that docs/reliability.md reports. */
const cases = Number(process.env.DECLARED_CASES ?? 1_000);

/** Of so many events, one goes through the recorder, its stores and logs, and the API as well. */
const eventsPerFullCase = 20;

describe('declared secrets', () => {
  it(`survive in none of ${cases} random events that are sent and recorded`, () => {
    fc.assert(fc.property(declaredCases, expectRedacted), { numRuns: cases });
  }, 7_200_000);

  it('are in nothing that is sent, stored, rejected, logged, or answered', async () => {
    const numRuns = Math.ceil(cases / eventsPerFullCase);
    await fc.assert(fc.asyncProperty(declaredCases, expectHidden), { numRuns });
  }, 7_200_000);
});
