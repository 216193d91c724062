// Secrets in the shapes in which people, languages and files write them.
import { describe, expect, it } from 'vitest';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { runSeed, Seeded } from '../../../attacks/seeded.ts';
import { everydayShapes, phraseShapes } from '../generators/everyday-shapes.ts';
import { inventedPasswords } from '../generators/passwords.ts';
import { survivingPart } from '../generators/survivors.ts';

const perShape = 20;

describe('a secret in an everyday shape', () => {
  it.each(Object.entries(everydayShapes))('is hidden: %s', (_shape, wrap) => {
    const leaks: string[] = [];
    for (const makePassword of Object.values(inventedPasswords)) {
      for (let number = 0; number < perShape; number++) {
        const secret = makePassword(new Seeded(runSeed + number));
        const redacted = redactValue({ note: wrap(secret) });
        if (survivingPart(secret, redacted) !== undefined) leaks.push(wrap(secret));
        expect(redactValue(redacted)).toEqual(redacted);
      }
    }
    expect(leaks).toEqual([]);
  });

  it.each(Object.entries(phraseShapes))('is hidden when it has several words: %s', (_shape, wrap) => {
    const redacted = redactValue({ note: wrap('Regen 24 Zaun') });
    expect(JSON.stringify(redacted)).not.toMatch(/Regen|Zaun/);
    expect(redactValue(redacted)).toEqual(redacted);
  });
});
