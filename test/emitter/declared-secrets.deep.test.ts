import fc from 'fast-check';
import { describe, it } from 'vitest';
import { declaredCases, expectHidden } from './declared-secrets.ts';

describe('declared secrets', () => {
  it('survive in none of 100,000 random events', () => {
    fc.assert(fc.property(declaredCases, expectHidden), { numRuns: 100_000 });
  }, 3_600_000);
});
