// Search ports over filled stores, and a search that reads all pages.

import type { Caller } from '../../core/access/caller.ts';
import { directoryRowsOf } from '../../core/directory/directory-rows.ts';
import type { ListItem, LogEntry } from '../../core/entry/entry.ts';
import { toListItem } from '../../core/entry/entry.ts';
import type { ExportPorts } from '../../core/export/export-page.ts';
import { matches } from '../../core/query/matching.ts';
import type { Query } from '../../core/query/query.ts';
import type { Page } from '../../core/search/page.ts';
import { type SearchPorts, search } from '../../core/search/search.ts';
import type { Directory, EntryStore } from '../../core/storage/ports.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import type { IndexShards } from '../../core/storage/shards.ts';
import { MemoryDirectory } from '../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../store/memory-entry-store.ts';
import { insertOne } from './entries.ts';
import { now } from './fixtures.ts';

export const generousLimits = { readUnits: 1_000_000, timeMillis: 60_000 };

export async function fill(
  stores: { readonly entries: EntryStore; readonly directory: Directory },
  entries: readonly LogEntry[],
): Promise<void> {
  for (const entry of entries) {
    await stores.directory.ensure(entry.organizationId, directoryRowsOf(entry));
    await insertOne(stores.entries, entry);
  }
}

/** Search ports with a writable directory. */
export interface MemoryPorts extends ExportPorts {
  readonly directory: Directory;
  readonly entries: EntryStore;
}

/** Search ports over an in-memory store with the entries. */
export async function memoryPorts(
  entries: readonly LogEntry[],
  options: { readonly shards?: IndexShards; readonly limits?: SearchPorts['limits'] } = {},
): Promise<MemoryPorts> {
  const { shards = {}, limits = generousLimits } = options;
  const store = new MemoryEntryStore(fixedShards(shards));
  const ports = {
    entries: store,
    details: store,
    directory: new MemoryDirectory(),
    shards,
    limits,
    now: () => now,
  };
  await fill(ports, entries);
  return ports;
}

export function makeQuery(overrides: Partial<Query> = {}): Query {
  return {
    fromMillis: 0,
    toMillis: Date.parse('2030-01-01'),
    filters: {},
    order: 'desc',
    limit: 50,
    debug: false,
    ...overrides,
  };
}

/** Reads all pages of a query. */
export async function walk(query: Query, caller: Caller, ports: SearchPorts): Promise<Page[]> {
  const pages: Page[] = [];
  let { cursor } = query;
  do {
    const page = await search({ ...query, cursor }, caller, ports);
    pages.push(page);
    cursor = page.nextCursor ?? undefined;
    if (pages.length > 10_000) throw new Error('the walk does not end');
  } while (cursor !== undefined);
  return pages;
}

/** The expected result of a query, by brute force. */
export function bruteForce(entries: readonly LogEntry[], query: Query, caller: Caller): ListItem[] {
  return entries
    .filter((entry) => entry.organizationId === caller.organizationId)
    .map(toListItem)
    .filter((item) => matches(item, query, caller, now))
    .sort((a, b) => (a.id < b.id === (query.order === 'asc') ? -1 : 1));
}
