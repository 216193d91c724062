import fc from 'fast-check';
import { describe, it } from 'vitest';
import { declaredCases } from './declared-cases.ts';
import { expectHidden, expectRedacted } from './declared-secrets.ts';

/** Number of random events. Set DECLARED_CASES=100000 for the number that docs/reliability.md reports. */
const cases = Number(process.env.DECLARED_CASES ?? 1_000);

/** One in this many events also goes through the recorder, its stores and logs, and the API. */
const eventsPerFullCase = 20;

describe('declared secrets', () => {
  it(`leave no trace in ${cases} random events that are sent and recorded`, () => {
    fc.assert(fc.property(declaredCases, expectRedacted), { numRuns: cases });
  }, 7_200_000);

  it('are not in what is sent, stored, rejected, logged or returned', async () => {
    const numRuns = Math.ceil(cases / eventsPerFullCase);
    await fc.assert(fc.asyncProperty(declaredCases, expectHidden), { numRuns });
  }, 7_200_000);
});
