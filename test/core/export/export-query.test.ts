import { describe, expect, it } from 'vitest';
import { parseExportQuery } from '../../../core/export/export-query.ts';
import { parseQuery } from '../../../core/query/query.ts';

const refusal = (raw: string) => {
  try {
    parseExportQuery(raw);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('parseExportQuery', () => {
  it('parses the filters of a list, a format and a larger page size', () => {
    const filters =
      'from=2026-11-01T00:00:00%2B01:00&to=2026-11-05&action=create,DELETE&user=a%5C,b&user=c&order=asc';
    const { format, query } = parseExportQuery(`${filters}&format=csv`);
    expect(format.name).toBe('csv');
    expect(query).toEqual({ ...parseQuery(filters), limit: 1000 });
    expect(parseExportQuery('format=ndjson&limit=7').query.limit).toBe(7);
    expect(parseExportQuery('format=ndjson&cursor=x').query.cursor).toBe('x');
  });

  it('parses the columns, and whether the file is for a spreadsheet', () => {
    const list = parseExportQuery('format=csv').format;
    expect(parseExportQuery('format=csv&columns=list&spreadsheet=false').format.header).toBe(list.header);
    const full = parseExportQuery('format=csv&columns=full').format;
    expect(full.columns).toBe('full');
    expect(full.header.startsWith(list.header.trimEnd())).toBe(true);
    const { format, query } = parseExportQuery('format=csv&spreadsheet=true&user=a');
    expect(format.header).toBe(`\uFEFF${list.header}`);
    expect(query).toEqual({ ...parseQuery('user=a'), limit: 1000 });
  });

  it('accepts an offset with a plus sign that is not percent-encoded', () => {
    const { query } = parseExportQuery('format=csv&from=2026-11-01T00:00:00+01:00');
    expect(query.fromMillis).toBe(Date.parse('2026-10-31T23:00:00Z'));
  });

  it.each([
    ['', 'format', 'csv, ndjson'],
    ['format=xlsx', 'format', 'csv, ndjson'],
    ['format=csv&format=ndjson', 'format', 'csv, ndjson'],
    ['format=csv&limit=0', 'limit', '1 to 1000'],
    ['format=csv&limit=1001', 'limit', '1 to 1000'],
    ['format=csv&limit=1e2', 'limit', '1 to 1000'],
    ['format=csv&limit=1&limit=2', 'limit', 'once'],
    ['format=csv&color=red', 'color', 'format, columns, spreadsheet, from, to'],
    ['format=csv&debug=true', 'debug', 'format, columns, spreadsheet, from, to'],
    ['format=csv&columns=all', 'columns', 'list, full'],
    ['format=csv&columns=list&columns=full', 'columns', 'once'],
    ['format=csv&spreadsheet=yes', 'spreadsheet', 'false, true'],
    ['format=ndjson&spreadsheet=true', 'spreadsheet', 'format=csv'],
    ['format=csv&action=RENAME', 'action', 'CREATE, UPDATE, DELETE'],
  ])('rejects %j, naming the parameter and the allowed values', (raw, field, allowed) => {
    expect(refusal(raw)).toMatchObject({
      code: 'INVALID_PARAMETER',
      field,
      message: expect.stringContaining(allowed),
    });
  });
});
