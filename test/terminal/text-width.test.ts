import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pad, truncate, widthOf } from '../../terminal/text-width.ts';

describe('truncate and pad', () => {
  it('measure text in terminal columns', () => {
    expect(truncate('山田太郎', 5)).toBe('山田…');
    expect(truncate('👩‍👩‍👧x', 3)).toBe('👩‍👩‍👧x');
    expect(widthOf(pad('山', 4))).toBe(4);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (text, width) => {
        expect(widthOf(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
