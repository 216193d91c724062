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

  it('is hidden when it is the secret id of Vault', () => {
    expect(redactValue({ note: 'secret_id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6' })).toEqual({
      note: 'secret_id=[REDACTED:1]',
    });
  });

  it('is hidden in a Kubernetes Secret as YAML text, whatever its key is', () => {
    const yaml = (one: string, other: string, text: string) =>
      `kind: Secret\nmetadata:\n  name: orders\ndata:\n  main: ${one}\n  other: "${other}"\nstringData:\n  note: ${text}\n`;
    const note = yaml('aHVudGVyMi1hYmM=', 'cGxhaW4=', 'plainword');
    expect(redactValue({ note })).toEqual({ note: yaml('[REDACTED:1]', '[REDACTED:2]', '[REDACTED:3]') });
  });
});
