import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listDirectory } from '../../../core/directory/directory-listing.ts';
import type { DirectoryQuery } from '../../../core/directory/directory-query.ts';
import { directoryRowsOf } from '../../../core/directory/directory-rows.ts';
import { exactTerm } from '../../../core/query/filter-grammar.ts';
import type { Filters } from '../../../core/query/query.ts';
import { maxLimitedPartitions } from '../../../core/search/plan.ts';
import { search } from '../../../core/search/search.ts';
import { maxSuggestionReads } from '../../../core/search/suggest-values.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { type MemoryPorts, makeQuery, memoryPorts } from '../../support/search.ts';

const [own, other] = ['111111111111', '222222222222'];
const entries = [
  makeEntry({ eventId: 'a', userId: 'u-1', name: 'trail ', accountId: own, environment: 'prod' }),
  makeEntry({ eventId: 'b', userId: 'Ben', name: 'caf\u00e9', accountId: own, kind: 'SERVICE' }),
  makeEntry({ eventId: 'c', userId: 'u-9', name: 'Hidden', accountId: other, environment: 'STAGE' }),
];

const suggest = async (filters: Filters, caller = makeCaller(), ports?: MemoryPorts) =>
  (await search(makeQuery({ filters }), caller, ports ?? (await memoryPorts(entries)))).suggestions;

describe('suggestions', () => {
  it.each<[Filters, string, string, string]>([
    [{ type: ['RDS'] }, 'type', 'rds', 'CASE'],
    [{ environment: ['Prod'] }, 'environment', 'prod', 'CASE'],
    [{ target: ['ID-trail '] }, 'target', 'id-trail ', 'CASE'],
    [{ service: ['CAF\u00c9'] }, 'service', 'caf\u00e9', 'CASE'],
    [{ resource: ['cafe\u0301'] }, 'resource', 'caf\u00e9', 'UNICODE_FORM'],
    [{ resource: ['trail'] }, 'resource', 'trail ', 'WHITE_SPACE'],
    [{ resource: [' TRAIL'] }, 'resource', 'trail ', 'SPELLING'],
    [{ user: ['ben'] }, 'user', 'Ben', 'CASE'],
    [{ user: [' Ben'], action: ['DELETE'] }, 'user', 'Ben', 'WHITE_SPACE'],
  ])('suggests the recorded spelling for %j', async (filters, parameter, suggestion, reason) => {
    const [value] = filters[parameter as keyof Filters] ?? [];
    expect(await suggest(filters)).toContainEqual({ parameter, value, suggestion, reason });
  });

  it('suggests the users with a name or an e-mail address', async () => {
    const users = await suggest({ user: ['asha rao'] });
    expect(users?.map(({ suggestion, reason }) => [suggestion, reason])).toEqual([
      ['Ben', 'USER_NAME'],
      ['u-1', 'USER_NAME'],
      ['u-9', 'USER_NAME'],
    ]);
    expect(await suggest({ user: ['Asha@acme.example'], account: [other] })).toEqual([
      { parameter: 'user', value: 'Asha@acme.example', suggestion: 'u-9', reason: 'USER_EMAIL' },
    ]);
  });

  it('suggests terms, whatever characters the recorded value contains', async () => {
    const ports = await memoryPorts([makeEntry({ eventId: 'x', name: 'Nightly-*' })]);
    expect(await suggest({ resource: [exactTerm('nightly-*')] }, makeCaller(), ports)).toEqual([
      { parameter: 'resource', value: 'nightly-\\*', suggestion: 'Nightly-\\*', reason: 'CASE' },
    ]);
  });

  it('suggests a spelling for each of several filters', async () => {
    const suggestions = await suggest({ type: ['RDS'], environment: ['PROD'] });
    expect(suggestions?.map(({ parameter, suggestion }) => [parameter, suggestion])).toEqual([
      ['environment', 'prod'],
      ['type', 'rds'],
    ]);
  });

  it('suggests only values of entries that match the other filters', async () => {
    expect(await suggest({ type: ['RDS'], action: ['CREATE'], verdict: ['DENIED'] })).toBeUndefined();
    expect(await suggest({ environment: ['!prod', 'PROD'] })).toBeUndefined();
    expect(await suggest({ user: ['!Ben', 'ben'] })).toBeUndefined();
    expect(await suggest({ environment: ['nothing'], user: ['u-1'] })).toBeUndefined();
  });

  it('adds other spellings to a page that is not full, without a read', async () => {
    const ports = await memoryPorts([
      makeEntry({ eventId: 'x', environment: 'prod' }),
      makeEntry({ eventId: 'y', environment: 'PROD' }),
    ]);
    const page = await search(
      makeQuery({ filters: { environment: ['prod'], user: ['u-1'] }, debug: true }),
      makeCaller(),
      ports,
    );
    expect(page.items).toHaveLength(1);
    expect(page.suggestions).toMatchObject([{ parameter: 'environment', suggestion: 'PROD' }]);
    expect(page.consumedCapacity?.readUnits).toBe(0.5);
  });

  it('reads at most a few directory partitions, however many accounts and values there are', async () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      makeEntry({ eventId: `e-${i}`, accountId: String(100_000_000_000 + i), userId: `U-${i}` }),
    );
    const ports = await memoryPorts(many);
    let reads = 0;
    const directory = new Proxy(ports.directory, {
      get: (target, name) => {
        if (name !== 'listValues') return Reflect.get(target, name).bind(target);
        return (...parameters: Parameters<typeof target.listValues>) => {
          reads++;
          return target.listValues(...parameters);
        };
      },
    });
    const filters = { user: Array.from({ length: 50 }, (_, i) => `u-${i}`) };
    await suggest(filters, makeCaller(), { ...ports, directory });
    expect(reads).toBeLessThanOrEqual(maxSuggestionReads);
  });

  it('reveals no value of an account that the caller cannot see, on any plan', async () => {
    const narrow = makeCaller({ accounts: [own] });
    const wide = makeCaller({
      accounts: [own, ...Array.from({ length: maxLimitedPartitions }, (_, i) => String(300_000_000_000 + i))],
    });
    const ports = await memoryPorts(entries);
    const visible = await memoryPorts(entries.filter(({ accountId }) => accountId === own));
    const values = [
      'stage',
      'hidden',
      'HIDDEN',
      'U-9',
      'asha rao',
      'prod',
      'PROD',
      'RDS',
      'Id-hidden',
      'trail',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('user', 'resource', 'service', 'target', 'type', 'environment'),
        fc.constantFrom(...values),
        fc.constantFrom(narrow, wide),
        async (name, value, caller) => {
          const filters = { [name]: [value] };
          expect(await suggest(filters, caller, ports)).toEqual(await suggest(filters, caller, visible));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('leads from a former name to the name that a resource was renamed to', async () => {
    const at = (hour: number) => ({
      occurredAtMillis: Date.parse('2026-11-10') + hour * 3_600_000,
      accountId: own,
    });
    const created = makeEntry({ eventId: 'created', name: 'alpha', action: 'CREATE', ...at(1) });
    const update = makeEntry({ eventId: 'renamed', name: 'beta', ...at(2) });
    const renamed = { ...update, before: { name: 'alpha' }, after: { name: 'beta' } };
    const denied = { ...renamed, decision: 'DENIED' as const, after: { name: 'gamma' } };
    const deleted = makeEntry({ eventId: 'deleted', name: 'beta', action: 'DELETE', ...at(3) });
    const ports = await memoryPorts([created, renamed, deleted]);
    await ports.directory.ensure('acme', directoryRowsOf(denied));
    const suggestion = { parameter: 'resource', value: 'alpha', suggestion: 'beta', reason: 'RENAMED' };
    const filters = { resource: ['alpha'] };
    const page = await search(makeQuery({ filters }), makeCaller(), ports);
    expect(page).toMatchObject({ items: [{ action: 'CREATE' }], complete: true, suggestions: [suggestion] });
    // A page without entries, and callers who cannot see the account.
    expect(await suggest({ ...filters, action: ['DELETE'] }, makeCaller(), ports)).toEqual([suggestion]);
    const other = makeCaller({ accounts: ['999999999999'] });
    expect(await suggest(filters, other, ports)).toBeUndefined();
    expect(await suggest({ resource: ['alpha', 'beta'] }, makeCaller(), ports)).toBeUndefined();
    expect(await suggest({ resource: ['alpha', '!beta'] }, makeCaller(), ports)).toBeUndefined();
    const listed = { list: 'resources' as const, prefix: 'al', limit: 10 };
    expect((await listDirectory(listed as DirectoryQuery, makeCaller(), ports.directory)).values).toEqual([
      { value: 'alpha', name: undefined, email: undefined },
    ]);
  });
});
