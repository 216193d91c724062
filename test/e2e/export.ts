// Tests exports: required permissions, and that the joined pages equal the list.
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodSampleNames, makeEvent, sampleFile } from '../support/fixtures.ts';
import { Harness, type HarnessOptions } from './harness.ts';

interface ExportResponse {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export function describeExport(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: export`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await Harness.start(options);
      const formula = makeEvent({ eventId: 'formula', occurredAt: '2026-11-01T00:00:00Z' });
      formula.detail.target.name = '=HYPERLINK("https://x.example","a,b")';
      await harness.emit([...goodSampleNames.map(sampleFile), formula]);
    });
    afterAll(() => harness.stop());

    async function ask(query: string, persona = 'auditor', given?: string): Promise<ExportResponse> {
      const token = given ?? (await harness.stack.token(persona));
      const response = await fetch(`${harness.stack.url}/request-logs/export?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: response.status, text: await response.text(), headers: response.headers };
    }

    /** Reads all pages by their links. */
    async function walk(query: string, persona = 'auditor'): Promise<ExportResponse[]> {
      const pages: ExportResponse[] = [];
      for (let next: string | undefined = query; next !== undefined; ) {
        const page: ExportResponse = await ask(next, persona);
        expect(page.status, page.text).toBe(200);
        pages.push(page);
        next = /^<\?(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
      }
      return pages;
    }

    const joined = async (query: string, persona?: string) =>
      (await walk(query, persona)).map(({ text }) => text).join('');

    it('exports the items of a list as NDJSON, one on each line', async () => {
      const { body } = await harness.get('/request-logs?limit=200');
      const { status, text, headers } = await ask('format=ndjson');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/x-ndjson');
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="request-logs-acme-\d{4}-\d\d-\d\d\.ndjson"$/,
      );
      expect(headers.get('x-complete')).toBe('true');
      expect(headers.get('x-searched-through')).toBe(body.searchedThrough);
      expect(headers.get('x-entry-count')).toBe(String(body.items.length));
      expect(headers.has('x-next-cursor')).toBe(false);
      const lines = text.split('\n').slice(0, -1);
      expect(lines.map((line) => JSON.parse(line))).toEqual(body.items);
    });

    it('exports CSV that an independent parser reads, with one header for all pages', async () => {
      const pages = await walk('format=csv&limit=3');
      expect(pages.length).toBeGreaterThan(3);
      const types = pages.map(({ headers }) => headers.get('content-type'));
      expect(types[0]).toBe('text/csv; charset=utf-8; header=present');
      expect(new Set(types.slice(1))).toEqual(new Set(['text/csv; charset=utf-8; header=absent']));
      const rows: Record<string, string>[] = parse(pages.map(({ text }) => text).join(''), { columns: true });
      expect(rows.map(({ id }) => id)).toEqual(await harness.ids(''));
      expect(rows.at(-1)).toMatchObject({ targetName: `'=HYPERLINK("https://x.example","a,b")` });
    });

    it('returns the same file in several pages as in one', async () => {
      for (const format of ['csv', 'ndjson']) {
        const inOnePage = await joined(`format=${format}`);
        for (const limit of [1, 4]) expect(await joined(`format=${format}&limit=${limit}`)).toBe(inOnePage);
        expect(await joined(`format=${format}&order=asc&limit=2`)).not.toBe(inOnePage);
      }
      const { headers } = await ask('format=csv&limit=1');
      const cursor = headers.get('x-next-cursor');
      expect((await ask(`format=csv&cursor=${cursor}`)).status).toBe(200);
      expect((await ask(`format=csv&action=CREATE&cursor=${cursor}`)).status).toBe(400);
    });

    it('filters like a list', async () => {
      for (const filter of ['resource=orders-d', 'action=CREATE,DELETE', 'from=2026-11-05&to=2026-11-09']) {
        const ids = (await joined(`format=ndjson&${filter}`))
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line).id);
        expect(ids.length).toBeGreaterThan(0);
        expect(ids).toEqual(await harness.ids(filter));
      }
    });

    it.each(['auditor', 'admin'])('allows %s to export', async (persona) => {
      expect((await ask('format=csv', persona)).status).toBe(200);
    });

    it.each([
      ['developer', 'request-logs:export'],
      ['account-operator', 'request-logs:export'],
      ['viewer', 'request-logs:read'],
    ])('rejects %s and names the permission %s', async (persona, field) => {
      for (const query of ['format=csv', 'format=broken']) {
        const { status, text, headers } = await ask(query, persona);
        expect(status).toBe(403);
        expect(headers.get('content-type')).toContain('application/problem+json');
        expect(JSON.parse(text)).toMatchObject({ code: 'FORBIDDEN', field });
      }
    });

    it('exports no entries of another organization', async () => {
      const ids = (await joined('format=ndjson', 'globex-admin')).split('\n').slice(0, -1);
      expect(ids.map((line) => JSON.parse(line).organizationId)).toEqual(['globex']);
      const { headers } = await ask('format=csv&limit=1');
      const stolen = await ask(`format=csv&cursor=${headers.get('x-next-cursor')}`, 'globex-admin');
      expect([stolen.status, JSON.parse(stolen.text).code]).toEqual([400, 'INVALID_CURSOR']);
    });

    it('exports no entries of other accounts for a caller who is limited to an account', async () => {
      const token = await harness.stack.token('auditor', { accounts: '210987654321' });
      const { text } = await ask('format=ndjson', 'auditor', token);
      const ids = text.split('\n').slice(0, -1);
      expect(ids.map((line) => JSON.parse(line).id)).toEqual(await harness.ids('account=210987654321'));
      const none = await harness.stack.token('auditor', { accounts: '' });
      expect((await ask('format=ndjson', 'auditor', none)).text).toBe('');
    });

    it.each([
      ['', 'format'],
      ['format=xlsx', 'format'],
      ['format=csv&limit=1001', 'limit'],
      ['format=csv&color=red', 'color'],
      ['format=csv&from=yesterday', 'from'],
      ['format=csv&cursor=broken', 'cursor'],
    ])('rejects %j with 400, and names the parameter and what is allowed', async (query, field) => {
      const { status, text } = await ask(query);
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ field, detail: expect.stringContaining(field) });
    });

    it('logs every export with its caller, format, filters, and count', async () => {
      await ask('format=csv&resource=orders-d');
      await expect
        .poll(() =>
          harness
            .logs()
            .split('\n')
            .find((line) => /"entries exported".*"format":"csv".*orders-d/.test(line)),
        )
        .toMatch(/(?=.*"u-4001")(?=.*"count":\d)/);
    });
  });
}
