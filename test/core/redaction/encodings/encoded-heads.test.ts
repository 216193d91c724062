import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodedHeads } from '../../../../core/redaction/encodings/encoded-heads.ts';
import {
  encodedVariantsOf,
  percentVariantOf,
} from '../../../../core/redaction/encodings/encoded-variants.ts';
import { hashAt } from '../../../../core/redaction/text/rolling-hash.ts';

const secrets = fc.string({ unit: 'binary-ascii', minLength: 8, maxLength: 64 });

describe('EncodedHeads', () => {
  it('hashes the beginning of every variant but percent-encoding', () => {
    fc.assert(
      fc.property(secrets, secrets, (first, second) => {
        const heads = new EncodedHeads(() => {});
        expect([first, second].every((secret) => heads.add(secret))).toBe(true);
        const percent = percentVariantOf(second);
        for (const variant of encodedVariantsOf(second)) {
          if (percent.includes(variant)) continue;
          const index = heads.hashes.lastIndexOf(hashAt(variant, 0, 8));
          expect(heads.make(index)).toContain(variant);
        }
      }),
    );
  });

  it.each(['short-7', 'x'.repeat(65), 'contraseña-larga'])('does not take %j', (secret) => {
    const heads = new EncodedHeads(() => {});
    expect(heads.add(secret)).toBe(false);
    expect(heads.hashes).toHaveLength(0);
  });
});
