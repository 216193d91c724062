import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../core/values/canonical-json.ts';

describe('canonicalJson', () => {
  it('equals the reference implementation', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    const key = fc.oneof(text, fc.constantFrom('10', '9', '', '\\', '"', '\u2028', '\ufb33', '\u{1f600}'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.constantFrom(null, true, false, -0, 1e21, 1e-7, 5e-324, undefined),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(value, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('rejects what RFC 8785 cannot represent', () => {
    for (const value of ['\ud800', { '\udc00': 1 }, [Number.NaN], Number.POSITIVE_INFINITY]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
      expect(() => canonicalize(value)).toThrow();
    }
  });
});
