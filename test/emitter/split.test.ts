import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countEntryBytes, maxCallBytes, maxEntriesPerCall } from '../../emitter/bus-entry.ts';
import { splitIntoCalls } from '../../emitter/split.ts';

const limits = { maxItems: 10, maxBytes: 1000 };

describe('splitIntoCalls', () => {
  it('keeps all items in order and respects both limits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: limits.maxBytes })), (sizes) => {
        const items = sizes.map((size, number) => ({ size, number }));
        const calls = splitIntoCalls(items, ({ size }) => size, limits);
        expect(calls.flat()).toEqual(items);
        for (const call of calls) {
          expect(call.length).toBeGreaterThan(0);
          expect(call.length).toBeLessThanOrEqual(limits.maxItems);
          expect(call.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(limits.maxBytes);
        }
      }),
    );
  });

  it('starts a new call only when the previous one is full', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: limits.maxBytes })), (sizes) => {
        const calls = splitIntoCalls(sizes, (size) => size, limits);
        for (const [index, call] of calls.slice(1).entries()) {
          const before = calls[index] ?? [];
          const bytes = before.reduce((sum, size) => sum + size, 0) + (call[0] ?? 0);
          expect(before.length === limits.maxItems || bytes > limits.maxBytes).toBe(true);
        }
      }),
    );
  });

  it('fills a call exactly up to the limit', () => {
    expect(splitIntoCalls([400, 600, 1], (size) => size, limits)).toEqual([[400, 600], [1]]);
  });
});

describe('countEntryBytes', () => {
  it('counts 14 bytes for the time and UTF-8 bytes for the texts', () => {
    const entry = { source: 'é', detailType: 'ab', detail: '{"a":"€"}' };
    expect(countEntryBytes(entry)).toBe(2 + 2 + 11);
    expect(countEntryBytes({ ...entry, time: new Date(0) })).toBe(14 + 2 + 2 + 11);
  });

  it('reserves 8 KiB of 1 MiB for the envelope and ten entries per call', () => {
    expect(maxCallBytes).toBe(1_040_384);
    expect(maxEntriesPerCall).toBe(10);
  });
});
