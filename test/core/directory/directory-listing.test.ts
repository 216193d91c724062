import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../core/access/caller.ts';
import { type DirectoryListing, listDirectory } from '../../../core/directory/directory-listing.ts';
import type { DirectoryListName, DirectoryQuery } from '../../../core/directory/directory-query.ts';
import { directoryRowsOf } from '../../../core/directory/directory-rows.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import type { Directory } from '../../../core/storage/ports.ts';
import { errorCodes } from '../../../core/values/errors.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { awkwardText } from '../../support/awkward-text.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';

const accounts = ['111111111111', '222222222222', '333333333333'];

const someText = fc.oneof(
  fc.constantFrom('Asha Rao', 'asha@acme.example', 'u-1', 'a', 'Ab', 'aB'),
  awkwardText,
);

/** Entries that share users, names and accounts, a few of them in another organization. */
const someEntries = fc.array(
  fc
    .record({
      id: fc.constantFrom('u-1', 'u-2', 'asha', 'Ab'),
      name: fc.option(someText, { nil: undefined }),
      email: fc.option(someText, { nil: undefined }),
      accountId: fc.constantFrom(...accounts),
      region: fc.constantFrom('eu-west-1', 'us-east-1', 'eu-north-1'),
      resource: someText,
      organizationId: fc.constantFrom('acme', 'acme', 'globex'),
      days: fc.nat(20),
    })
    .map(({ id, name, email, resource, days, ...parts }): LogEntry => {
      const occurredAtMillis = Date.parse('2026-11-01T00:00:00Z') + days * 86_400_000;
      const entry = makeEntry({ ...parts, eventId: `e-${days}`, name: resource, occurredAtMillis });
      return { ...entry, user: { id, name, email, type: 'user' } };
    }),
  { maxLength: 25 },
);

const someCaller = fc
  .option(fc.subarray(accounts), { nil: undefined })
  .map((visible) => makeCaller({ accounts: visible }));

async function directoryOf(entries: readonly LogEntry[]): Promise<MemoryDirectory> {
  const directory = new MemoryDirectory();
  for (const entry of entries) await directory.ensure(entry.organizationId, directoryRowsOf(entry));
  return directory;
}

const queryOf = (list: DirectoryListName, overrides: Partial<DirectoryQuery> = {}): DirectoryQuery => ({
  list,
  prefix: '',
  limit: 50,
  ...overrides,
});

async function walk(
  query: DirectoryQuery,
  caller: Caller,
  directory: Directory,
): Promise<DirectoryListing[]> {
  const pages: DirectoryListing[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: DirectoryListing = await listDirectory({ ...query, cursor }, caller, directory);
    expect(page.values.length).toBeLessThanOrEqual(query.limit);
    expect(page.nextCursor?.length ?? 0).toBeLessThanOrEqual(512);
    pages.push(page);
    cursor = page.nextCursor;
    if (pages.length > 1000) throw new Error('the walk does not end');
  }
  return pages;
}

const valuesOf = (pages: readonly DirectoryListing[]) =>
  pages.flatMap((page) => page.values.map(({ value }) => value));

/** Computes the values by examining every entry. */
function bruteForce(entries: readonly LogEntry[], query: DirectoryQuery, caller: Caller): Set<string> {
  const terms: Record<DirectoryListName, (entry: LogEntry) => [string, ...(string | undefined)[]]> = {
    users: ({ user }) => [user.id, user.name, user.email],
    accounts: ({ accountId }) => [accountId],
    regions: ({ region }) => [region],
    resources: ({ target }) => [target.name],
  };
  return new Set(
    entries
      .filter(({ organizationId }) => organizationId === caller.organizationId)
      .filter(({ accountId }) => caller.accounts?.includes(accountId) ?? true)
      .filter(({ accountId }) => query.accounts?.includes(accountId) ?? true)
      .map(terms[query.list])
      .filter((found) => found.some((term) => term !== undefined && hasPrefix(term, query.prefix)))
      .map(([value]) => value),
  );
}

describe('listDirectory', () => {
  it('returns over all pages the values of every entry that the caller can see', async () => {
    await fc.assert(
      fc.asyncProperty(
        someEntries,
        someCaller,
        fc.record({
          list: fc.constantFrom('users', 'accounts', 'regions', 'resources'),
          prefix: fc.oneof(fc.constantFrom('', 'a', 'u-', 'asha', 'B', 'zoe', '1', 'eu', 'A%'), awkwardText),
          accounts: fc.option(fc.subarray(accounts, { minLength: 1 }), { nil: undefined }),
          limit: fc.integer({ min: 1, max: 8 }),
        }),
        async (entries, caller, query) => {
          const values = valuesOf(await walk(query, caller, await directoryOf(entries)));
          expect(new Set(values)).toEqual(bruteForce(entries, query, caller));
          // Only a renamed user can appear again on another page.
          if (query.list !== 'users') expect(values).toHaveLength(new Set(values).size);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('lists each user once over all pages, for any prefix and page size', async () => {
    const people = Array.from({ length: 30 }, (_, number) => {
      const entry = makeEntry({ eventId: `e-${number}`, accountId: accounts[number % 3] ?? '' });
      const user = { id: `a-${number}`, name: `Ann ${number}`, email: `ann.${number}@acme.example` };
      return [0, 1].map((shift) => ({
        ...entry,
        accountId: accounts[(number + shift) % 3] ?? '',
        user: { ...user, type: 'user' as const },
      }));
    }).flat();
    const directory = await directoryOf(people);
    for (const [prefix, limit] of [
      ['', 7],
      ['a', 1],
      ['ann', 4],
      ['ann.', 50],
      ['a-', 9],
    ] as const) {
      const values = valuesOf(await walk(queryOf('users', { prefix, limit }), makeCaller(), directory));
      expect(values).toHaveLength(30);
      expect(new Set(values).size).toBe(30);
    }
  });

  it('shows the latest name of a user in the visible accounts', async () => {
    const see = (name: string, accountId: string, day: number): LogEntry => {
      const occurredAtMillis = Date.parse('2026-11-01T00:00:00Z') + day * 86_400_000;
      const entry = makeEntry({ eventId: `e-${day}`, accountId, occurredAtMillis });
      return { ...entry, user: { id: 'u-1', name, type: 'user' } };
    };
    const [one = '', two = ''] = accounts;
    const directory = await directoryOf([see('Asha Rao', one, 0), see('Asha Singh', two, 3)]);
    const find = async (prefix: string, visible?: string[]) =>
      (await listDirectory(queryOf('users', { prefix }), makeCaller({ accounts: visible }), directory))
        .values;
    expect(await find('u-')).toEqual([{ value: 'u-1', name: 'Asha Singh', email: undefined }]);
    expect(await find('asha')).toEqual([{ value: 'u-1', name: 'Asha Singh', email: undefined }]);
    expect(await find('u-', [one])).toEqual([{ value: 'u-1', name: 'Asha Rao', email: undefined }]);
    // A previous name returns the data that was stored with it.
    expect(await find('asha r')).toEqual([{ value: 'u-1', name: 'Asha Rao', email: undefined }]);
  });

  it('reads only the accounts that the caller can see', async () => {
    const asked = new Set<string | undefined>();
    const directory: Directory = {
      findMissing: async () => [],
      ensure: async () => {},
      listTargets: async () => [],
      listAccountRegions: async (_, accountId) => {
        asked.add(accountId);
        return [];
      },
      listValues: async (_, { accountId }) => {
        asked.add(accountId);
        return { rows: [], next: undefined };
      },
      listShardSteps: async () => [],
    };
    const caller = makeCaller({ accounts: accounts.slice(0, 1) });
    for (const list of ['users', 'accounts', 'regions', 'resources'] as const) {
      await listDirectory(queryOf(list), caller, directory);
      await listDirectory(queryOf(list, { accounts }), caller, directory);
      await listDirectory(queryOf(list), makeCaller({ accounts: [] }), directory);
    }
    expect([...asked]).toEqual(accounts.slice(0, 1));
  });

  it('stops after about 1,000 rows and continues from there', async () => {
    const entry = makeEntry({ eventId: 'e' });
    const directory = new MemoryDirectory();
    // All users are listed under `a…`. The rows under `z…` repeat them.
    for (let number = 0; number < 1100; number++) {
      const user = { id: `z-${number}`, name: `a ${number}`, type: 'user' as const };
      await directory.ensure('acme', directoryRowsOf({ ...entry, user }));
    }
    const pages = await walk(queryOf('users', { limit: 200 }), makeCaller(), directory);
    expect(pages.map((page) => page.values.length)).toEqual([200, 200, 200, 200, 200, 100, 0]);
    expect(new Set(valuesOf(pages)).size).toBe(1100);
  });

  it('rejects a cursor that is malformed or belongs to another list, prefix, account or caller', async () => {
    const directory = await directoryOf(
      ['aa', 'ab'].map((name) => makeEntry({ eventId: name, name, accountId: accounts[0] ?? '' })),
    );
    const query = queryOf('resources', { prefix: 'a', limit: 1 });
    const caller = makeCaller();
    const cursor = (await listDirectory(query, caller, directory)).nextCursor ?? '';
    const listWith = (changes: Partial<DirectoryQuery>, who = caller) =>
      listDirectory({ ...query, cursor, ...changes }, who, directory);
    expect((await listWith({ limit: 9, prefix: 'A' })).values).toEqual([
      { value: 'ab', name: undefined, email: undefined },
    ]);
    const notOurs = [
      listWith({ list: 'users' }),
      listWith({ prefix: 'ab' }),
      listWith({ accounts: accounts.slice(0, 1) }),
      listWith({}, makeCaller({ organizationId: 'globex' })),
      listWith({}, makeCaller({ accounts })),
      listWith({ cursor: '' }),
      listWith({ cursor: 'broken' }),
      listWith({ cursor: `${cursor}${'A'.repeat(512)}` }),
      listWith({ cursor: Buffer.from('{"v":1,"p":""}').toString('base64url') }),
    ];
    for (const outcome of await Promise.allSettled(notOurs)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: errorCodes.invalidCursor, field: 'cursor' },
      });
    }
  });
});
