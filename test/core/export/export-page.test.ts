import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../core/access/caller.ts';
import type { ExportFormat } from '../../../core/export/export-format.ts';
import { exportHeaders } from '../../../core/export/export-headers.ts';
import { type ExportPage, type ExportPorts, exportPage } from '../../../core/export/export-page.ts';
import { maxLineBytes, maxPageBytes } from '../../../core/export/page-body.ts';
import type { Query } from '../../../core/query/query.ts';
import { entrySets, makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, makeQuery, memoryPorts } from '../../support/search.ts';
import { csvFormat, ndjsonFormat } from './formats.ts';
import { makeItem } from './items.ts';

async function walkExport(
  query: Query,
  format: ExportFormat,
  caller: Caller,
  ports: ExportPorts,
): Promise<ExportPage[]> {
  const pages: ExportPage[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await exportPage({ ...query, cursor }, format, caller, ports);
    pages.push(page);
    if (page.nextCursor === null) return pages;
    cursor = page.nextCursor;
    if (pages.length > 5000) throw new Error('the export does not end');
  }
}

const queries = fc
  .record({
    filters: fc.constantFrom<Query['filters']>(
      {},
      { action: ['UPDATE'] },
      { user: ['u-1', 'u\\,4'], verdict: ['DENIED'] },
    ),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    limit: fc.constantFrom(1, 3, 7, 1000),
  })
  .map(makeQuery);

const callers = fc
  .option(fc.subarray(['111111111111', '222222222222']), { nil: undefined })
  .map((accounts) => makeCaller({ accounts }));

const budgets = fc.constantFrom(
  { readUnits: 0.5, timeMillis: 60_000 },
  { readUnits: 1_000_000, timeMillis: 60_000 },
);

const manyEntries = Array.from({ length: 1200 }, (_, number) =>
  makeEntry({ eventId: `e-${number}`, occurredAtMillis: Date.parse('2026-11-10') + number * 1000 }),
);

describe('exportPage', () => {
  it('returns every matching entry over all pages, regardless of where pages end', async () => {
    await fc.assert(
      fc.asyncProperty(entrySets(60), queries, callers, budgets, async (entries, query, caller, limits) => {
        const ports = await memoryPorts(entries, { limits });
        const wanted = bruteForce(entries, query, caller);
        const lines = await walkExport(query, ndjsonFormat, caller, ports);
        const items = lines
          .map(({ body }) => body)
          .join('')
          .split('\n')
          .slice(0, -1);
        expect(items.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(wanted)));
        const rows = await walkExport(query, csvFormat, caller, ports);
        const parsed: Record<string, string>[] = parse(rows.map(({ body }) => body).join(''), {
          columns: true,
        });
        expect(parsed.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
        for (const page of [...lines, ...rows]) expect(page.count).toBeLessThanOrEqual(query.limit);
      }),
      { numRuns: 100 },
    );
  });

  it('returns as many entries as requested, from several search pages', async () => {
    const ports = await memoryPorts(manyEntries);
    const pages = await walkExport(makeQuery({ limit: 1000 }), csvFormat, makeCaller(), ports);
    expect(pages.map(({ count, complete }) => [count, complete])).toEqual([
      [1000, false],
      [200, true],
    ]);
    expect(pages.map(({ body }) => body.startsWith('id,timestamp,'))).toEqual([true, false]);
    expect(pages.map(({ body }) => body.match(/\r\n/g)?.length)).toEqual([1001, 200]);
  });

  it('returns only the header if no entry matches', async () => {
    const page = await exportPage(makeQuery(), csvFormat, makeCaller(), await memoryPorts([]));
    expect(page).toMatchObject({ body: csvFormat.header, count: 0, complete: true, nextCursor: null });
  });

  it('uses one read budget for all search pages together', async () => {
    const ports = await memoryPorts(manyEntries, { limits: { readUnits: 30, timeMillis: 60_000 } });
    let spent = 0;
    const entries = {
      readIndex: async (read: Parameters<typeof ports.entries.readIndex>[0]) => {
        const chunk = await ports.entries.readIndex(read);
        spent += chunk.readUnits;
        return chunk;
      },
    };
    const page = await exportPage(makeQuery({ limit: 1000 }), ndjsonFormat, makeCaller(), {
      ...ports,
      entries,
    });
    expect(page).toMatchObject({ complete: false, nextCursor: expect.any(String) });
    expect(page.count).toBeLessThan(1000);
    expect(spent).toBeLessThan(60);
  });

  it('stops at the time limit', async () => {
    const ports = await memoryPorts(manyEntries, { limits: { readUnits: 1e6, timeMillis: 10 } });
    let millis = ports.now();
    const page = await exportPage(makeQuery({ limit: 1000 }), ndjsonFormat, makeCaller(), {
      ...ports,
      now: () => millis++,
    });
    expect(page.complete).toBe(false);
    expect(page.count).toBeLessThan(1000);
  });

  it('stays within the size limit of a response', async () => {
    const name = '語'.repeat(128);
    const entries = Array.from({ length: 1000 }, (_, number) => ({
      ...makeEntry({
        eventId: `e-${number}`,
        name,
        userId: name,
        serviceName: name,
        environment: '"'.repeat(64),
      }),
      changedPaths: ['\u0001'.repeat(2400)],
      highlights: [],
    }));
    const ports = await memoryPorts(entries);
    const pages = await walkExport(makeQuery({ limit: 1000 }), ndjsonFormat, makeCaller(), ports);
    expect(pages.length).toBeGreaterThan(1);
    for (const { body } of pages) {
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(maxPageBytes);
    }
    expect(pages.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });

  it('reserves enough bytes per line for the longest entry', () => {
    const ofMarkers = (length: number) => '[REDACTED:123]'.repeat(length);
    const item = makeItem({
      user: { id: ofMarkers(128), name: ofMarkers(256), type: 'service' },
      role: ofMarkers(64),
      permission: ofMarkers(128),
      environment: ofMarkers(64),
      target: {
        kind: 'RESOURCE',
        type: 'x'.repeat(64),
        id: ofMarkers(128),
        name: ofMarkers(128),
        serviceName: ofMarkers(128),
      },
      changedPaths: ['\u0001'.repeat(120)],
      highlights: [
        {
          path: '\u0001'.repeat(120),
          op: 'replace',
          before: '\u0001'.repeat(10),
          after: '\u0001'.repeat(10),
        },
      ],
    });
    for (const format of [csvFormat, ndjsonFormat]) {
      expect(Buffer.byteLength(JSON.stringify(format.toLine(item)))).toBeLessThan(maxLineBytes);
    }
  });
});

describe('exportHeaders', () => {
  const page = { body: '', count: 3, searchedThrough: '2026-11-10T00:00:00.000Z' };
  const request = {
    format: csvFormat,
    organizationId: 'acme',
    rawQueryString: 'format=csv&user=a%2Cb',
    isFirst: true,
    nowMillis: Date.parse('2026-11-20T12:00:00Z'),
  };

  it('contain the next page as a cursor and as a link', () => {
    const headers = exportHeaders({ ...page, nextCursor: 'abc', complete: false }, request);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="request-logs-acme-2026-11-20.csv"',
      'x-complete': 'false',
      'x-next-cursor': 'abc',
      'x-searched-through': '2026-11-10T00:00:00.000Z',
      'x-entry-count': '3',
      link: '<?format=csv&user=a%2Cb&cursor=abc>; rel="next"',
    });
  });

  it('contain the media type and the extension of NDJSON', () => {
    const headers = exportHeaders(
      { ...page, nextCursor: null, complete: true },
      { ...request, format: ndjsonFormat },
    );
    expect(headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="request-logs-acme-2026-11-20.ndjson"',
    });
  });

  it('contain no next page at the end, and no link that is too long', () => {
    const last = exportHeaders({ ...page, nextCursor: null, complete: true }, request);
    expect(Object.keys(last)).not.toContain('x-next-cursor');
    expect(Object.keys(last)).not.toContain('link');
    const long = exportHeaders(
      { ...page, nextCursor: 'abc', complete: false },
      { ...request, rawQueryString: `format=csv&user=${'x'.repeat(7000)}` },
    );
    expect(long).toMatchObject({ 'x-next-cursor': 'abc' });
    expect(Object.keys(long)).not.toContain('link');
  });

  it('contain where to continue later, and what the page could not show', () => {
    const counted = { resumeCursor: 'later', removed: 0, notSearched: { count: 2, ids: ['a', 'b'] } };
    const headers = exportHeaders({ ...page, ...counted, nextCursor: null, complete: true }, request);
    expect(headers).toMatchObject({
      'x-resume-cursor': 'later',
      'x-removed-count': '0',
      'x-not-searched-count': '2',
    });
    const others = exportHeaders({ ...page, nextCursor: null, complete: true }, request);
    expect(Object.keys(headers).length - Object.keys(others).length).toBe(3);
  });
});
