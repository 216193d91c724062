// Runs the queries of the documentation. Skipped unless DuckDB is installed, as `npm run sql` says how.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFiles } from '../../../ops/sql/archive-files.ts';
import { runQuery } from '../../../ops/sql/duckdb.ts';
import { formatRows } from '../../../ops/sql/format-rows.ts';
import { plainPaint } from '../../../terminal/paint.ts';
import { archivedLog } from '../../core/log/archived-log.ts';

const projectRoot = join(import.meta.dirname, '../../..');
const hasDuckDb = existsSync(join(projectRoot, 'node_modules/@duckdb/node-api'));
const page = readFileSync(join(projectRoot, 'docs/querying.md'), 'utf8');
const queries = Array.from(page.matchAll(/^```sql\n([\s\S]*?)^```$/gm), ([, query = '']) => query);

describe.skipIf(!hasDuckDb)('npm run sql', () => {
  const folder = mkdtempSync(join(tmpdir(), 'request-logs-sql-test-'));
  const all = { organization: undefined, from: undefined, to: undefined };
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    const log = await archivedLog({ retentionDays: 365 });
    await log.seal(20, Date.parse('2026-11-30T14:10:00Z'));
    await log.archive(Date.parse('2026-11-30T15:10:00Z'));
    for (const [key, bytes] of log.objects.objects) {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), bytes);
    }
  });

  it.each(queries)('runs the documented query %#', async (query) => {
    const { rows } = await runQuery(findFiles(folder, all), query);
    expect(rows).toBeInstanceOf(Array);
  });

  it('finds five documented queries, and counts what was archived', async () => {
    expect(queries).toHaveLength(5);
    const result = await runQuery(
      findFiles(folder, all),
      'select a.organization, count(*) as n from entries e join archive a using (leaf_index) group by 1',
    );
    const output = { columns: undefined, paint: plainPaint };
    expect(formatRows(result, 'table', output)).toBe('organization  n\nacme          20\n');
    expect(formatRows(result, 'csv', output)).toBe('organization,n\r\nacme,20\r\n');
    expect(formatRows(result, 'json', output)).toBe('{"organization":"acme","n":"20"}\n');
  });

  it('reads only the days and the organization that are asked for', async () => {
    for (const filter of [{ organization: 'globex' }, { from: '2026-12-01' }, { to: '2026-11-29' }]) {
      const { rows } = await runQuery(
        findFiles(folder, { ...all, ...filter }),
        'select count(*) from archive',
      );
      expect(rows).toEqual([['0']]);
    }
  });

  it('fails for a query that reads other files, or that is not valid', async () => {
    const files = findFiles(folder, all);
    await expect(runQuery(files, "select * from read_csv('/etc/hostname')")).rejects.toThrow('disabled');
    await expect(runQuery(files, 'selec')).rejects.toThrow('the query failed: Parser Error');
  });
});
