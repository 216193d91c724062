import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toQueryString } from '../../../client/query-string.ts';
import { parseQuery } from '../../../core/query/query.ts';
import { fromListFilters, toListFilters } from '../../../dashboard/src/search/search.ts';
import { search } from './search-arbitraries.ts';

const now = Date.parse('2026-11-25T15:00:00Z');
const noFilters = { filters: {}, order: 'desc' } as const;

describe('toListFilters', () => {
  it('resolves a relative range from the current time and leaves its end open', () => {
    const range = { type: 'last', amount: 24, unit: 'hour' } as const;
    expect(toListFilters({ ...noFilters, range }, now)).toEqual({ from: '2026-11-24T15:00:00.000Z' });
  });

  it('limits the start to 1970', () => {
    const range = { type: 'last', amount: 99_999, unit: 'week' } as const;
    expect(toListFilters({ ...noFilters, range }, now)).toEqual({ from: '1970-01-01T00:00:00.000Z' });
  });

  it('sends the API the filters that the page shows', () => {
    const given = {
      ...noFilters,
      filters: { user: ['a\\,b', 'c'], resource: ['orders*'] },
      range: { type: 'any' },
    };
    const query = parseQuery(toQueryString(toListFilters({ ...given, range: { type: 'any' } }, now)));
    expect(query.filters).toEqual(given.filters);
  });
});

describe('fromListFilters', () => {
  it('reverses toListFilters, with relative times resolved', () => {
    fc.assert(
      fc.property(search, (given) => {
        const fixed = toListFilters(given, now);
        expect(toListFilters(fromListFilters(fixed), now + 1)).toEqual(fixed);
      }),
    );
  });
});
