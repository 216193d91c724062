import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromUtf8,
  toBase64,
  toHex,
  toUtf8,
} from '../../../core/values/bytes.ts';
import { formatBytes } from '../../../core/values/format-bytes.ts';

const bytes = fc.uint8Array({ maxLength: 20 });

describe('bytes', () => {
  it('have the base64 and hexadecimal forms that Node.js gives, and are read back', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'));
        expect(toHex(value)).toBe(Buffer.from(value).toString('hex'));
        expect(fromBase64(toBase64(value))).toEqual(Uint8Array.from(value));
      }),
    );
  });

  it.each(['AA', 'AA=', 'AB==', 'AA==\n', ' AA==', 'A===', 'AA-_', 'AAAA=', '===='])('rejects %j', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });

  it('are joined in order, and equal only if every byte is', () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const joined = concatBytes(one, other);
        expect(joined).toEqual(Uint8Array.from([...one, ...other]));
        expect(equalBytes(one, other)).toBe(Buffer.compare(one, other) === 0);
        expect(equalBytes(joined, concatBytes(joined))).toBe(true);
        expect(equalBytes(joined, concatBytes(joined, Uint8Array.of(0)))).toBe(false);
      }),
    );
  });

  it('of UTF-8 are read back with a byte order mark, and rejected if they are malformed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fromUtf8(toUtf8(`\ufeff${text}`))).toBe(`\ufeff${text}`);
      }),
    );
    expect(() => fromUtf8(Uint8Array.of(0xc3))).toThrow(TypeError);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [3249, '3.2 kB'],
    [999_949, '999.9 kB'],
    [1_000_000, '1.0 MB'],
    [14_040_000, '14.0 MB'],
  ])('formats %i as %s', (size, text) => {
    expect(formatBytes(size)).toBe(text);
  });
});
