import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../core/access/caller.ts';
import { contentOf } from '../../../core/entry/content.ts';
import { hashContent } from '../../../core/entry/content-hash.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { fullCsvColumns } from '../../../core/export/csv.ts';
import { exportFormats } from '../../../core/export/export-formats.ts';
import { type ExportPorts, exportPage } from '../../../core/export/export-page.ts';
import { maxPageBytes } from '../../../core/export/page-body.ts';
import type { Query } from '../../../core/query/query.ts';
import { lookUpEntry } from '../../../core/search/entry-lookup.ts';
import { listResponses } from '../../../core/search/entry-responses.ts';
import type { StoredEntry } from '../../../core/storage/ports.ts';
import { errorCodes, RequestLogsError } from '../../../core/values/errors.ts';
import { entrySets, makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, makeQuery, memoryPorts } from '../../support/search.ts';

const full = { columns: 'full', isForSpreadsheet: false } as const;
const csv = exportFormats.csv(full);
const ndjson = exportFormats.ndjson(full);

/** A recorded entry with all fields, whose content hash is valid. */
function makeFull(eventId: string, overrides: Partial<LogEntry> = {}): LogEntry {
  const entry = makeEntry({ eventId, environment: 'prod', serviceName: 'checkout-api' });
  const complete = {
    ...entry,
    user: { ...entry.user, sourceIp: '203.0.113.24', userAgent: 'curl/8' },
    reason: 'more room, "now"',
    requestId: 'r-1',
    traceId: 't-1',
    before: { storage: { gib: 20 } },
    after: { storage: { gib: 50 } },
    ...overrides,
  };
  return { ...complete, contentHash: hashContent(contentOf(complete)) };
}

async function walkFull(query: Query, format: typeof csv, caller: Caller, ports: ExportPorts) {
  const bodies: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await exportPage({ ...query, cursor }, format, caller, ports);
    bodies.push(page.body);
    if (page.nextCursor === null) return bodies;
    cursor = page.nextCursor;
    if (bodies.length > 500) throw new Error('the export does not end');
  }
}

function parseLines(bodies: readonly string[]): Record<string, unknown>[] {
  const lines = bodies.join('').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

describe('exportPage of full entries', () => {
  it('returns in NDJSON exactly what a request for each entry returns, disputes included', async () => {
    const entries = [makeFull('e-1'), makeFull('e-2')];
    const ports = await memoryPorts(entries);
    const event = makeFull('e-1', { reason: 'another reason' });
    await ports.entries.disputes.insert(entries[0] as LogEntry, event, 0);
    const caller = makeCaller();
    const rows = parseLines(await walkFull(makeQuery(), ndjson, caller, ports));
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      const found = await lookUpEntry(String(row.id), caller, { entries: ports.entries, now: ports.now });
      const [response] = found ? listResponses(found, 1e6) : [];
      expect(row).toEqual(JSON.parse(JSON.stringify(response)));
    }
    const disputed = rows.find(({ id }) => id === entries[0]?.id);
    expect(disputed?.disputes).toMatchObject([{ differences: [{ path: '/reason' }] }]);
    expect(disputed?.changes).toEqual([{ path: '/storage/gib', op: 'replace', before: 20, after: 50 }]);
  });

  it('returns in CSV the columns of a list and then all others, with states as JSON', async () => {
    const entry = makeFull('e-1');
    const bodies = await walkFull(makeQuery(), csv, makeCaller(), await memoryPorts([entry]));
    const [row]: Record<string, string>[] = parse(bodies.join(''), { columns: true });
    expect(Object.keys(row ?? {})).toEqual(Object.keys(fullCsvColumns));
    expect(row).toMatchObject({
      id: entry.id,
      email: 'asha@acme.example',
      sourceIp: '203.0.113.24',
      userAgent: 'curl/8',
      requestId: 'r-1',
      traceId: 't-1',
      reason: 'more room, "now"',
      eventId: 'e-1',
      contentHash: entry.contentHash,
      before: '{"storage":{"gib":20}}',
      after: '{"storage":{"gib":50}}',
      changes: '[{"path":"/storage/gib","op":"replace","before":20,"after":50}]',
      unavailable: '',
    });
  });

  it('returns every matching entry over all pages, regardless of budget, page size and caller', async () => {
    const cases = fc.record({
      limit: fc.constantFrom(1, 3, 1000),
      order: fc.constantFrom('asc' as const, 'desc' as const),
      readUnits: fc.constantFrom(0.5, 12, 1e6),
      accounts: fc.option(fc.subarray(['111111111111', '222222222222']), { nil: undefined }),
      filters: fc.constantFrom<Query['filters']>({}, { user: ['u-1', 'u\\,4'] }),
    });
    await fc.assert(
      fc.asyncProperty(entrySets(25), cases, async (entries, { readUnits, accounts, ...parts }) => {
        const ports = await memoryPorts(entries, { limits: { readUnits, timeMillis: 60_000 } });
        const [query, caller] = [makeQuery(parts), makeCaller({ accounts })];
        const rows = parseLines(await walkFull(query, ndjson, caller, ports));
        expect(rows.map(({ id }) => id)).toEqual(bruteForce(entries, query, caller).map(({ id }) => id));
        expect(rows.every(({ unavailable }) => unavailable === undefined)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('spends at most the read budget of a request, plus one read', async () => {
    const entries = Array.from({ length: 300 }, (_, i) => makeFull(`e-${i}`));
    const ports = await memoryPorts(entries, { limits: { readUnits: 64, timeMillis: 60_000 } });
    let spent = 0;
    const { entries: store } = ports;
    const page = await exportPage(makeQuery({ limit: 1000 }), ndjson, makeCaller(), {
      ...ports,
      details: {
        getDetails: async (organizationId, ids) => {
          const chunk = await store.getDetails(organizationId, ids);
          spent += chunk.readUnits + ids.length / 2;
          return chunk;
        },
        disputes: store.disputes,
      },
    });
    expect(page.complete).toBe(false);
    expect(page.count).toBeGreaterThan(20);
    expect(spent).toBeLessThanOrEqual(64 + 20);
  });

  it('ends a page before an entry that does not fit, and continues with it', async () => {
    const after = { text: '"'.repeat(400_000) };
    const entries = Array.from({ length: 3 }, (_, i) => makeFull(`e-${i}`, { after }));
    const bodies = await walkFull(makeQuery(), ndjson, makeCaller(), await memoryPorts(entries));
    expect(bodies).toHaveLength(3);
    for (const body of bodies)
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(maxPageBytes);
    expect(parseLines(bodies).map(({ after }) => after)).toEqual(entries.map(() => after));
  });

  it('continues with an entry that does not fit, also when a new search found it', async () => {
    const at = (millis: number) => ({ occurredAtMillis: Date.parse('2026-11-10') - millis });
    const small = Array.from({ length: 200 }, (_, i) => makeEntry({ eventId: `s-${i}`, ...at(i) }));
    const large = { ...makeEntry({ eventId: 'large', ...at(500) }), before: undefined };
    const after = { text: '"'.repeat(1_300_000) };
    const entry = { ...large, after, contentHash: hashContent(contentOf({ ...large, after })) };
    const bodies = await walkFull(
      makeQuery({ limit: 1000 }),
      ndjson,
      makeCaller(),
      await memoryPorts([...small, entry]),
    );
    const ids = [...small, entry]
      .map(({ id }) => id)
      .sort()
      .reverse();
    expect(parseLines(bodies).map(({ id, unavailable }) => [id, unavailable])).toEqual(
      ids.map((id) => [id, undefined]),
    );
    expect(bodies).toHaveLength(2);
  });

  it('states why an entry is incomplete, and exports the others', async () => {
    const entries = ['fine', 'altered', 'unreadable', 'large', 'gone'].map((eventId) => makeFull(eventId));
    const ports = await memoryPorts(entries);
    const failing = (stored: StoredEntry): StoredEntry => ({
      ...stored,
      readFull: async () => {
        const entry = await stored.readFull();
        if (entry.eventId === 'altered') return { ...entry, reason: 'forged' };
        if (entry.eventId === 'large') {
          const large = { ...entry, after: { text: '\u0001'.repeat(800_000) } };
          return { ...large, contentHash: hashContent(contentOf(large)) };
        }
        if (entry.eventId !== 'unreadable') return entry;
        throw new RequestLogsError(errorCodes.statesUnreadable, 'missing');
      },
    });
    const bodies = await walkFull(makeQuery(), ndjson, makeCaller(), {
      ...ports,
      details: {
        disputes: ports.entries.disputes,
        getDetails: async (organizationId, ids) => {
          const { entries: found, readUnits } = await ports.entries.getDetails(organizationId, ids);
          const kept = [...found].filter(([id]) => id !== entries[4]?.id);
          return { entries: new Map(kept.map(([id, stored]) => [id, failing(stored)])), readUnits };
        },
      },
    });
    const rows = Object.fromEntries(parseLines(bodies).map(({ id, ...row }) => [id, row]));
    expect(entries.map(({ id }) => rows[id]?.unavailable)).toEqual([
      undefined,
      'ENTRY_ALTERED',
      'STATES_UNREADABLE',
      'ENTRY_TOO_LARGE',
      'NOT_FOUND',
    ]);
    expect(rows[entries[1]?.id ?? '']).not.toHaveProperty('reason');
  });
});
