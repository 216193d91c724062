import { describe, expect, it } from 'vitest';
import type { DirectoryPage, ListQuery, Page } from '../../../client/client.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { type SuggestionSource, suggest } from '../../../dashboard/src/filters/suggest.ts';

const { signal } = new AbortController();

/** A directory with so many resources, `orders-a` and on, and users, `orders-user-a` and on. */
function directoryOf(resources: number, users = 0): SuggestionSource {
  const letters = (count: number) =>
    Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index));
  const listed: Readonly<Record<string, string[]>> = {
    resources: letters(resources).map((letter) => `orders-${letter}`),
    users: letters(users).map((letter) => `orders-user-${letter}`),
  };
  return {
    listEntries: async () => ({ items: [] }) as unknown as Page,
    listDirectory: async (field, { prefix = '', limit = 50 } = {}) => {
      const values = (listed[field] ?? []).filter((value) => hasPrefix(value, prefix)).slice(0, limit);
      return { values: values.map((value) => ({ value })), nextCursor: null } as unknown as DirectoryPage;
    },
  };
}

const freeTextFilters: readonly FilterName[] = ['resource', 'user', 'account', 'region'];
const ask = (api: SuggestionSource, names: readonly FilterName[], text: string) =>
  suggest(api, { names, text }, undefined, signal);

describe('suggest', () => {
  it('reports whether more values match', async () => {
    const few = await ask(directoryOf(10), freeTextFilters, 'orders');
    expect(few).toMatchObject({ hasMore: false });
    expect(few.options.map(({ value }) => value)).toContain('orders-j');
    const many = await ask(directoryOf(11), freeTextFilters, 'orders');
    expect(many).toMatchObject({ hasMore: true });
    expect(many.options).toHaveLength(10);
    expect(await ask(directoryOf(1, 11), freeTextFilters, 'orders')).toMatchObject({ hasMore: true });
  });

  it('returns more values for a single filter', async () => {
    const named = await ask(directoryOf(26), ['resource'], '');
    expect(named).toMatchObject({ hasMore: false });
    expect(named.options).toHaveLength(26);
  });

  it('does not report more values before text is entered', async () => {
    expect(await ask(directoryOf(26), freeTextFilters, '')).toMatchObject({ hasMore: false });
  });

  it('suggests services, not resources, for the service filter', async () => {
    const queries: (ListQuery | undefined)[] = [];
    const target = (kind: string, name: string, serviceName?: string) => ({
      target: { kind, name, serviceName },
    });
    const api: SuggestionSource = {
      ...directoryOf(26),
      listEntries: async (query) => {
        queries.push(query);
        const items = [
          target('SERVICE', 'bills-web'),
          target('SERVICE', 'bills-api'),
          target('SERVICE', 'bills-web'),
        ];
        return { items, complete: false } as unknown as Page;
      },
    };
    const { options, hasMore } = await ask(api, ['service'], 'bills');
    expect(hasMore).toBe(true);
    expect(options.map(({ value }) => value)).toEqual(['bills-api', 'bills-web']);
    expect(queries).toEqual([{ kind: ['SERVICE'], limit: 100, resource: ['bills*'] }]);
  });

  it('shows invisible and bidirectional characters, and keeps the value exact', async () => {
    const name = 'orders\u202egpj.exe';
    const api: SuggestionSource = {
      ...directoryOf(0),
      listDirectory: async () =>
        ({ values: [{ value: name }], nextCursor: null }) as unknown as DirectoryPage,
    };
    const [option] = (await ask(api, ['resource'], 'orders')).options;
    expect(option).toMatchObject({ value: name, label: 'orders\\u202egpj.exe' });
  });
});
