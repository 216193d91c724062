import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportFormats } from '../../../core/export/export-formats.ts';
import { keepAsText } from '../../../core/export/spreadsheet.ts';
import { makeItem, wildItems } from './items.ts';

const format = exportFormats.csv({ columns: 'list', isForSpreadsheet: true });

/** The value of a formula that consists of texts only, as a spreadsheet computes it. Fails for any other formula. */
function evaluate(cell: string): string {
  if (!cell.startsWith('=')) return cell;
  const literal = '"(?:[^"]|"")*"';
  expect(cell).toMatch(new RegExp(`^=${literal}(?:&${literal})*$`, 's'));
  const literals = cell.match(new RegExp(literal, 'gs')) ?? [];
  for (const text of literals) expect(text.length - 2).toBeLessThanOrEqual(2 * 255);
  return literals.map((text) => text.slice(1, -1).replaceAll('""', '"')).join('');
}

describe('keepAsText', () => {
  it.each([
    '012345678901',
    '1E5',
    '1e400',
    '2026-11-05',
    '1/2',
    '12:30',
    '007',
    '1,000',
    '５',
    'true',
    'MAR1',
    '10 %',
  ])('keeps %j from becoming another value', (text) => {
    expect(keepAsText(text)).toBe(`="${text}"`);
  });

  it.each(['', 'orders', 'eu-west', '{"a":1}', '[1]', 'PERMITTED', `${'word '.repeat(20)}1`])(
    'does not change %j, which is a text already',
    (text) => {
      expect(keepAsText(text)).toBe(text);
    },
  );

  it('keeps a long text with words as it is, because it is no date and no amount', () => {
    const text = (length: number) => `${'word '.repeat(20).slice(0, length - 1)}1`;
    expect(keepAsText(text(64))).toBe(`="${text(64)}"`);
    expect(keepAsText(text(65))).toBe(text(65));
  });

  it('never lets a text add to the formula, and keeps its value, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 700 }),
        fc.constantFrom('', '1', '"&A1&"1'),
        (text, end) => {
          const whole = `x${text}${end}`;
          expect(evaluate(keepAsText(whole))).toBe(whole);
        },
      ),
    );
  });
});

describe('CSV for spreadsheets', () => {
  it('starts with a byte order mark, once', () => {
    expect(format.header.startsWith('\uFEFFid,')).toBe(true);
    expect(format.toLine(makeItem())).not.toContain('\uFEFF');
  });

  it('has the same values as plain CSV, for any text', () => {
    const plain = exportFormats.csv({ columns: 'list', isForSpreadsheet: false });
    const parseRow = (line: string): string[] =>
      (parse(line, { record_delimiter: '\r\n' }) as string[][])[0] ?? [];
    fc.assert(
      fc.property(wildItems, (item) => {
        expect(parseRow(format.toLine(item)).map(evaluate)).toEqual(parseRow(plain.toLine(item)));
      }),
    );
  });

  it('leaves numbers and truth values to the spreadsheet', () => {
    const [row]: Record<string, string>[] = parse(
      format.header + format.toLine(makeItem({ expiresAt: 4e9 })),
      {
        columns: true,
        bom: true,
      },
    );
    expect(row).toMatchObject({ expiresAt: '4000000000', late: 'false', accountId: '="123456789012"' });
  });
});
