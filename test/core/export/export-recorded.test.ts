import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toCommittedText } from '../../../core/entry/committed-text.ts';
import { contentOf } from '../../../core/entry/content.ts';
import { hashContent } from '../../../core/entry/content-hash.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { logEntrySchema } from '../../../core/entry/entry-schemas.ts';
import type { ExportPage } from '../../../core/export/export-page.ts';
import { parseExportQuery } from '../../../core/export/export-query.ts';
import { exportRecordedPage } from '../../../core/export/export-recorded.ts';
import { toLeaf } from '../../../core/log/leaf.ts';
import { LogReader } from '../../../core/log/log-reader.ts';
import { TileReader } from '../../../core/log/tile-reader.ts';
import { errorCodes } from '../../../core/values/errors.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { RecordedLog } from '../log/recorded-log.ts';

const caller = makeCaller();

async function sealedEntries(count: number, states: (number: number) => Partial<LogEntry> = () => ({})) {
  const log = new RecordedLog();
  const entries = Array.from({ length: count }, (_, number) => {
    const entry = { ...makeEntry({ eventId: `evt-${number}`, name: `e-${number}` }), ...states(number) };
    return { ...entry, contentHash: hashContent(contentOf(entry)) };
  });
  await log.record(entries);
  await log.seal();
  return log;
}

async function readExport(log: RecordedLog, text: string): Promise<ExportPage[]> {
  const { query, format } = parseExportQuery(`order=recorded&${text}`);
  const pages: ExportPage[] = [];
  let cursor: string | undefined;
  do {
    const page = await exportRecordedPage({ ...query, cursor }, format, caller, log.ports);
    pages.push(page);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

const linesOf = (pages: readonly ExportPage[]) =>
  pages
    .flatMap(({ body }) => body.split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('exportRecordedPage', () => {
  it('exports list items in leaf order, and their place in the log', async () => {
    const log = await sealedEntries(45);
    const pages = await readExport(log, 'format=ndjson&limit=20');
    expect(pages.map(({ count }) => count)).toEqual([20, 20, 5]);
    expect(linesOf(pages).map(({ sealed }) => sealed.index)).toEqual(
      Array.from({ length: 45 }, (_, at) => at),
    );
    const csv = await readExport(log, 'format=csv&limit=20');
    const rows = parse<Record<string, string>>(csv.map(({ body }) => body).join(''), { columns: true });
    expect(rows.map((row) => Number(row.sealedIndex))).toEqual(Array.from({ length: 45 }, (_, at) => at));
  });

  it('exports full entries with everything that the leaf is computed from', async () => {
    const log = await sealedEntries(30, (number) => ({ after: { number } }));
    const leaves = await new TileReader(log.objects, 'acme', 30).readBundle(0);
    const rows = linesOf(await readExport(log, 'format=ndjson&columns=full'));
    expect(rows).toHaveLength(30);
    for (const row of rows) {
      const entry = logEntrySchema.parse(row);
      const nonce = Buffer.from(row.commitment.nonce, 'base64');
      expect(nonce).toHaveLength(16);
      const leaf = toLeaf({ kind: 'entry', nonce, text: toCommittedText(entry, entry) });
      expect(Buffer.from(leaf)).toEqual(Buffer.from(leaves[row.sealed.index] ?? []));
    }
  });

  it('continues after the last entry that fits on a page', async () => {
    const big = 'x'.repeat(2_000_000);
    const log = await sealedEntries(3, (number) => ({ after: { big, number } }));
    const pages = await readExport(log, 'format=ndjson&columns=full');
    expect(pages.map(({ count }) => count)).toEqual([1, 1, 1]);
    expect(linesOf(pages).map(({ sealed }) => sealed.index)).toEqual([0, 1, 2]);
  });

  it('ends a page at the read budget, and misses nothing', async () => {
    const log = await sealedEntries(70);
    log.limits = { readUnits: 5, timeMillis: 10_000 };
    const pages = await readExport(log, 'format=ndjson');
    expect(pages.length).toBeGreaterThan(3);
    expect(linesOf(pages)).toHaveLength(70);
    expect(await new LogReader(log.objects, 'acme', await log.key()).readHead()).toMatchObject({
      edge: { size: 70 },
    });
  });

  it('rejects callers that are limited to AWS accounts', async () => {
    const { query, format } = parseExportQuery('order=recorded&format=csv');
    const limited = makeCaller({ accounts: [] });
    await expect(
      exportRecordedPage(query, format, limited, (await sealedEntries(1)).ports),
    ).rejects.toMatchObject({ code: errorCodes.forbidden });
  });
});
