import { describe, expect, it } from 'vitest';
import { exportPage } from '../../core/export/export-page.ts';
import { ndjsonFormat } from '../../core/export/ndjson.ts';
import type { Directory } from '../../core/ports.ts';
import { type SearchPorts, search } from '../../core/search.ts';
import { makeEntry } from '../support/entries.ts';
import { makeCaller } from '../support/fixtures.ts';
import { makeQuery, memoryPorts, walk } from '../support/search.ts';

const start = Date.parse('2026-11-10T00:00:00.000Z');
const limits = { readUnits: 128, timeMillis: 60_000 };

const accountsOf = (count: number) =>
  Array.from({ length: count }, (_, number) => String(100_000_000_000 + number));

/** As many entries, one a second, over as many accounts; every tenth is of `orders-d`. */
async function portsOf(accountCount: number, entryCount: number): Promise<SearchPorts> {
  const accounts = accountsOf(accountCount);
  const entries = Array.from({ length: entryCount }, (_, number) =>
    makeEntry({
      eventId: `e-${number}`,
      occurredAtMillis: start + number * 1000,
      accountId: accounts[number % accountCount] as string,
      name: number % 10 === 0 ? 'orders-d' : `other-${number % 7}`,
    }),
  );
  return memoryPorts(entries, { limits });
}

/** The ports, and how often the directory was asked. */
function countDirectory(ports: SearchPorts): { readonly ports: SearchPorts; readonly calls: () => number } {
  let calls = 0;
  const directory: Directory = {
    ensure: (organizationId, rows) => ports.directory.ensure(organizationId, rows),
    listAccountRegions: (...args) => {
      calls++;
      return ports.directory.listAccountRegions(...args);
    },
    listValues: (...args) => {
      calls++;
      return ports.directory.listValues(...args);
    },
  };
  return { ports: { ...ports, directory }, calls: () => calls };
}

const ordersOf = (overrides = {}) => makeQuery({ filters: { resource: ['orders*'] }, ...overrides });

describe('planning', () => {
  it('leaves a prefix alone that too many accounts would have to be asked about', async () => {
    const pages = await walk(ordersOf({ debug: true }), makeCaller(), await portsOf(130, 1500));
    expect(pages.flatMap(({ items }) => items)).toHaveLength(150);
    expect(pages.length).toBeLessThan(10);
    for (const { consumedCapacity } of pages) {
      expect(consumedCapacity?.index).toBe('byTime');
      expect(consumedCapacity?.readUnits).toBeLessThanOrEqual(128);
    }
  });

  it('uses the names that it has paid for', async () => {
    const page = await search(ordersOf({ debug: true }), makeCaller(), await portsOf(31, 31));
    expect(page.consumedCapacity?.index).toBe('byResourceName');
  });

  it('asks the directory no more once a cursor names another index', async () => {
    const { ports, calls } = countDirectory(await portsOf(130, 1500));
    const first = await search(ordersOf(), makeCaller(), ports);
    const before = calls();
    await search(ordersOf({ cursor: first.nextCursor ?? undefined }), makeCaller(), ports);
    expect(calls()).toBe(before);
  });

  it('leaves room for entries beside the regions of many accounts', async () => {
    const caller = makeCaller({ accounts: accountsOf(100) });
    const pages = await walk(makeQuery(), caller, await portsOf(100, 600));
    expect(pages.flatMap(({ items }) => items)).toHaveLength(600);
    expect(pages.length).toBeLessThan(30);
  });

  it('is done once for all pages of an export', async () => {
    const { ports, calls } = countDirectory(await portsOf(31, 4000));
    const page = await exportPage(ordersOf({ limit: 1000 }), ndjsonFormat, makeCaller(), ports);
    expect(page.count).toBeGreaterThan(200);
    // The accounts, and the names of each.
    expect(calls()).toBe(32);
  });
});
