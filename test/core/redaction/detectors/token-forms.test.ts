// Issuers' tokens: one row for each form, and a token made by each row is hidden.
import { describe, expect, it } from 'vitest';
import { gitleaksForms } from '../../../../core/redaction/detectors/gitleaks-forms.ts';
import { reviewedForms, webhookAddresses } from '../../../../core/redaction/detectors/reviewed-forms.ts';
import { readRow, type TokenRow, writeRow } from '../../../../core/redaction/detectors/token-form.ts';
import { redactValue } from '../../../../core/redaction/engine/redact.ts';
import { runSeed, Seeded } from '../../../attacks/seeded.ts';
import { survivingPart } from '../generators/survivors.ts';

const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));

/** A token of this form, with the least number of characters. */
function makeToken(row: TokenRow, seeded: Seeded): string {
  return readRow(row)
    .parts.map((part, index, { length }) => {
      if (typeof part === 'string') return part;
      const [alphabet, min] = part;
      const pattern = new RegExp(`[${alphabet}]`);
      const text = seeded.text(min, ascii.filter((character) => pattern.test(character)).join(''));
      // A hyphen at the end of a token would be the end of a word in a sentence.
      return index === length - 1 ? text.replace(/[-.=+/~%]$/, 'a') : text;
    })
    .join('');
}

const rows = [...gitleaksForms, ...reviewedForms];

describe('a token', () => {
  it.each(rows.map((row) => [row.join(': '), row] as const))('is hidden in any text: %s', (_name, row) => {
    for (let number = 0; number < 5; number++) {
      const token = makeToken(row, new Seeded(runSeed + number));
      const state = { note: token, log: `see ${token}, please`, color: `\u001b[32m${token}\u001b[0m` };
      expect(survivingPart(token.slice(-12), redactValue(state)), token).toBeUndefined();
    }
  });

  it('is hidden behind an escaped color code', () => {
    const token = `ghp_${new Seeded(1).mixed(36)}`;
    const redacted = redactValue({ log: `\\u001b[31m${token}\\u001b[0m done` });
    expect(survivingPart(token, redacted)).toBeUndefined();
    expect(redacted).toEqual({ log: expect.stringMatching(/\\u001b\[0m done$/) });
  });

  it.each([...new Set(rows.map((row) => row.join(' ')))])('has one row: %s', (text) => {
    expect(rows.filter((row) => row.join(' ') === text)).toHaveLength(1);
  });

  it('is written as it is read', () => {
    for (const row of rows) expect(writeRow(readRow(row))).toEqual(row);
  });
});

describe('the address of a webhook', () => {
  it.each(webhookAddresses.map((row) => [...row] as const))('is hidden: %s, %s', (_issuer, address) => {
    const secret = new Seeded(runSeed).mixed(32);
    const host = address.startsWith('.') ? `hook${address}` : address;
    const { note } = redactValue({ note: `post to https://${host}${secret} now` }) as { note: string };
    expect(survivingPart(secret, note)).toBeUndefined();
    expect(note).toMatch(/^post to https:\/\/.+ now$/);
  });
});
