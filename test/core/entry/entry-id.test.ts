import fc from 'fast-check';
import { ulidToUUID } from 'ulid';
import { describe, expect, it } from 'vitest';
import {
  entryIdAt,
  highestIdAt,
  identityHashOf,
  isEntryId,
  justAfter,
  justBefore,
  lowestIdAt,
  maxTimeMillis,
  timeOf,
} from '../../../core/entry/entry-id.ts';

const time = fc.integer({ min: 0, max: maxTimeMillis });
const hash = fc.stringMatching(/^[0-9a-f]{20}$/);
const ids = fc.tuple(time, hash).map(([millis, hex]) => entryIdAt(millis, hex));

describe('entryIdAt', () => {
  it('returns a ULID of the time and the hash', () => {
    fc.assert(
      fc.property(time, hash, (millis, hex) => {
        const id = entryIdAt(millis, hex);
        const bits = ulidToUUID(id).replaceAll('-', '').toLowerCase();
        expect(bits).toBe(millis.toString(16).padStart(12, '0') + hex);
        expect(isEntryId(id)).toBe(true);
        expect(timeOf(id)).toBe(millis);
        expect(identityHashOf(id)).toBe(id.slice(10));
      }),
    );
  });
});

describe('lowestIdAt and highestIdAt', () => {
  it('enclose every ID of the millisecond, and no other', () => {
    fc.assert(
      fc.property(time, ids, (millis, id) => {
        const isInside = lowestIdAt(millis) <= id && id <= highestIdAt(millis);
        expect(isInside).toBe(timeOf(id) === millis);
        const own = timeOf(id);
        expect(lowestIdAt(own) <= id && id <= highestIdAt(own)).toBe(true);
      }),
    );
  });
});

describe('justBefore and justAfter', () => {
  it('exclude one ID only', () => {
    fc.assert(
      fc.property(ids, ids, (id, other) => {
        expect(justBefore(id) < id && id < justAfter(id)).toBe(true);
        expect(other <= justBefore(id)).toBe(other < id);
        expect(other >= justAfter(id)).toBe(other > id);
      }),
    );
    const neighbors = ['0', '1', '9', 'A', 'B', 'H', 'J', 'Z'].map((digit) => `${'0'.repeat(25)}${digit}`);
    for (const [index, id] of neighbors.entries()) {
      expect(neighbors.filter((other) => other <= justBefore(id))).toHaveLength(index);
      expect(neighbors.filter((other) => other >= justAfter(id))).toHaveLength(neighbors.length - index - 1);
    }
  });
});

describe('isEntryId', () => {
  it.each([
    '',
    '8'.padEnd(26, '0'),
    '0'.repeat(25),
    '0'.repeat(27),
    `${'0'.repeat(25)}U`,
    `${'0'.repeat(25)}a`,
  ])('rejects %j', (value) => {
    expect(isEntryId(value)).toBe(false);
  });
});
