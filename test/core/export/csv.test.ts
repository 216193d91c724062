import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvColumns, escapeFormula } from '../../../core/export/csv.ts';
import { exportFormats } from '../../../core/export/export-formats.ts';
import { csvFormat } from './formats.ts';
import { makeItem, wildItems } from './items.ts';

/** Parses the cells with a third-party parser. */
function parseRows(csv: string): string[][] {
  return parse(csv, { relax_column_count: false, record_delimiter: '\r\n' });
}

describe('csvFormat', () => {
  it('writes RFC 4180: one header, CRLF, and quotes where a cell needs them', () => {
    const line = csvFormat.toLine(
      makeItem({ user: { id: 'u-1', name: 'Rao, "Asha"', type: 'user' }, environment: undefined }),
    );
    expect(line.endsWith('\r\n')).toBe(true);
    expect(line).toContain(',u-1,"Rao, ""Asha""",user,');
    expect(csvFormat.header).toBe(
      'id,timestamp,recordedAt,late,organizationId,userId,userName,userType,role,permission,decision,verdict,' +
        'accountId,region,environment,action,targetKind,targetType,targetId,targetName,serviceName,' +
        'changeCount,changedPaths,expiresAt,changeSummary\r\n',
    );
  });

  it('writes empty cells for what an entry does not have, and lists in one cell', () => {
    const full = exportFormats.csv({ columns: 'full', isForSpreadsheet: false });
    const cellsOf = (overrides: object) => {
      const [names = [], cells = []] = parseRows(full.header + full.toLine(makeItem(overrides)));
      return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    };
    expect(cellsOf({ unavailable: 'NOT_FOUND' })).toMatchObject({
      unavailable: 'NOT_FOUND',
      producerAccount: '',
      onBehalfOfUserId: '',
      awsRequestIds: '',
      before: '',
    });
    expect(
      cellsOf({ awsRequestIds: ['a', 'b'], before: { a: [1] }, producer: { account: '1', time: 't' } }),
    ).toMatchObject({ awsRequestIds: 'a; b', before: '{"a":[1]}', producerAccount: '1', producerTime: 't' });
  });

  it('is parsed to the same cells by a third-party parser, for any text', () => {
    fc.assert(
      fc.property(fc.array(wildItems, { maxLength: 5 }), (items) => {
        const rows = parseRows(csvFormat.header + items.map((item) => csvFormat.toLine(item)).join(''));
        const cells = items.map((item) =>
          Object.values(csvColumns).map((read) => escapeFormula(String(read(item) ?? ''))),
        );
        expect(rows).toEqual([Object.keys(csvColumns), ...cells]);
      }),
    );
  });

  it('contains no cell that a spreadsheet would run as a formula', () => {
    fc.assert(
      fc.property(wildItems, (item) => {
        for (const cell of parseRows(csvFormat.toLine(item))[0] ?? []) {
          expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
        }
      }),
    );
  });

  it('states in the media type whether there is a header', () => {
    expect([true, false].map(csvFormat.contentType)).toEqual([
      'text/csv; charset=utf-8; header=present',
      'text/csv; charset=utf-8; header=absent',
    ]);
  });
});

describe('escapeFormula', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1'])('escapes %j', (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  it.each(['', 'u-1', 'a=b', "'", '/=path', '1-2', '2026-11-05T16:40:51.000Z'])(
    'does not change %j',
    (text) => {
      expect(escapeFormula(text)).toBe(text);
    },
  );
});

describe('changeSummary', () => {
  it('adds no character that Excel decodes incorrectly, and the file has no byte order mark', () => {
    const highlights = [{ path: '/size', op: 'replace' as const, before: 'small', after: 'large' }];
    const line = csvFormat.toLine(makeItem({ highlights, changedPaths: ['/size'], changeCount: 1 }));
    expect(line).toContain('size: small -> large');
    expect(csvFormat.header + line).toMatch(/^[\r\n\x20-\x7e]*$/);
  });
});
