import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  maxCallBytes,
  maxStatementsPerCall,
  planInsertCalls,
  toInsertStatement,
} from '../../store/insert-statements.ts';

describe('toInsertStatement', () => {
  it('passes every value as a parameter and omits undefined values', () => {
    expect(toInsertStatement('Entries-1', { pk: "a'b", id: '01', o: undefined })).toEqual({
      Statement: `INSERT INTO "Entries-1" VALUE {'pk': ?, 'id': ?}`,
      Parameters: ["a'b", '01'],
    });
  });
});

describe('planInsertCalls', () => {
  const inserts = fc.array(
    fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), bytes: fc.integer({ min: 1, max: 400_000 }) }),
    { maxLength: 120 },
  );

  it('keeps every item, repeats no key in a call, and keeps every call within the limits', () => {
    fc.assert(
      fc.property(inserts, (items) => {
        const calls = planInsertCalls(items).flat();
        expect(new Set(calls.flat())).toEqual(new Set(items));
        expect(calls.flat()).toHaveLength(items.length);
        for (const call of calls) {
          expect(new Set(call.map(({ key }) => key)).size).toBe(call.length);
          expect(call.length).toBeLessThanOrEqual(maxStatementsPerCall);
          const bytes = call.reduce((sum, item) => sum + item.bytes, 0);
          expect(call.length === 1 || bytes <= maxCallBytes).toBe(true);
        }
      }),
    );
  });

  it('puts items with the same key into successive waves in their order', () => {
    fc.assert(
      fc.property(inserts, (items) => {
        const waves = planInsertCalls(items);
        for (const key of new Set(items.map((item) => item.key))) {
          const inWaves = waves.flatMap((wave) => wave.flat().filter((item) => item.key === key));
          expect(inWaves).toEqual(items.filter((item) => item.key === key));
          for (const wave of waves) {
            expect(wave.flat().filter((item) => item.key === key).length).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it('needs 4 calls for 100 new entries', () => {
    const items = Array.from({ length: 100 }, (_, number) => ({ key: `k-${number}`, bytes: 2_000 }));
    expect(planInsertCalls(items).flat()).toHaveLength(4);
  });
});
