import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toQueryString } from '../../../client/query-string.ts';
import { parseQuery } from '../../../core/query/query.ts';
import { toFilters, toTokens } from '../../../dashboard/src/filters/tokens.ts';
import { toListFilters } from '../../../dashboard/src/search/search.ts';
import { decodeSearch, encodeSearch } from '../../../dashboard/src/search/search-url.ts';
import { search } from './search-arbitraries.ts';

describe('encodeSearch', () => {
  it('is reversed by decodeSearch', () => {
    fc.assert(
      fc.property(search, (given) => {
        expect(decodeSearch(encodeSearch(given))).toEqual(given);
      }),
    );
  });

  it('uses the parameter names of the API, so that a request can be derived from the URL', () => {
    expect(
      encodeSearch({
        filters: { resource: ['orders*'], action: ['DELETE', 'UPDATE'] },
        range: { type: 'between', from: '2026-11-01', to: '2026-11-05' },
        order: 'asc',
      }),
    ).toBe('action=DELETE&action=UPDATE&resource=orders*&from=2026-11-01&to=2026-11-05&order=asc');
  });

  it('keeps a relative range relative', () => {
    const range = { type: 'last', amount: 24, unit: 'hour' } as const;
    expect(encodeSearch({ filters: {}, range, order: 'desc' })).toBe('last=24h');
  });

  it('keeps the size of the sealed log, and an invalid one for the API to reject', () => {
    expect(encodeSearch(decodeSearch('asOf=48112'))).toBe('asOf=48112');
    expect(encodeSearch(decodeSearch('asOf=all'))).toBe('asOf=NaN');
  });

  it('returns an empty query string for a search without filters', () => {
    expect(encodeSearch({ filters: {}, range: { type: 'any' }, order: 'desc' })).toBe('');
  });
});

describe('decodeSearch', () => {
  it('accepts any query string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (junk) => {
        const once = decodeSearch(junk);
        expect(decodeSearch(encodeSearch(once))).toEqual(once);
      }),
    );
  });

  it('ignores unknown parameters and an empty range', () => {
    const expected = { filters: {}, range: { type: 'any' }, order: 'desc' };
    expect(decodeSearch('?last=&order=up&utm_source=chat')).toEqual(expected);
  });

  it('accepts and rejects the same filters as the API, for any string', () => {
    const unit = fc.constantFrom('a', '1', ' ', ',', '\\', '*', '!', '&', 'é');
    const string = fc.oneof(
      fc.string({ unit, maxLength: 8 }),
      fc.constantFrom('create,!UPDATE', 'CREATE,', '!create*', '!!create', '\\!create', '123456789012'),
    );
    const parsed = (queryString: string) => {
      try {
        return parseQuery(queryString).filters;
      } catch {
        return 'rejected';
      }
    };
    fc.assert(
      fc.property(
        fc.constantFrom('user', 'action', 'account'),
        fc.array(string, { maxLength: 2 }),
        (name, lists) => {
          const url = new URLSearchParams(lists.map((list) => [name, list])).toString();
          const { filters } = decodeSearch(url);
          const request = toQueryString(toListFilters({ ...decodeSearch(url) }, 0));
          expect(parsed(request)).toEqual(parsed(url));
          if (typeof parsed(url) === 'object') expect(filters).toEqual(parsed(url));
          const options = toFilters(toTokens(filters));
          expect(options).toEqual(filters);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps an invalid range as written', () => {
    const rangeOf = (queryString: string) => decodeSearch(queryString).range;
    expect(rangeOf('last=3x')).toEqual({ type: 'unreadable', last: '3x' });
    expect(rangeOf('last=7d&from=2026-11-01')).toEqual({
      type: 'unreadable',
      last: '7d',
      from: '2026-11-01',
    });
    expect(rangeOf('last=24h&last=7d')).toEqual({ type: 'unreadable', last: '24h,7d' });
    expect(rangeOf('from=2026-11-01&from=2026-11-02')).toEqual({
      type: 'between',
      from: '2026-11-01,2026-11-02',
    });
    expect(rangeOf('last=&last=7d')).toEqual({ type: 'last', amount: 7, unit: 'day' });
  });

  it('normalizes values as the API does', () => {
    const { filters } = decodeSearch('action=update&action=CREATE&action=UPDATE');
    expect(filters).toEqual({ action: ['CREATE', 'UPDATE'] });
  });

  it('separates values at commas, as the API does', () => {
    expect(decodeSearch('action=CREATE,UPDATE&resource=a%5C,b').filters).toEqual({
      action: ['CREATE', 'UPDATE'],
      resource: ['a\\,b'],
    });
    for (const query of ['action=CREATE,UPDATE', 'action=CREATE&action=UPDATE', 'resource=a%5C%2Cb,c']) {
      expect(decodeSearch(query).filters).toEqual(parseQuery(query).filters);
    }
  });

  it('keeps values that the API rejects, so that the API can explain why', () => {
    expect(decodeSearch('account=12&from=yesterday')).toEqual({
      filters: { account: ['12'] },
      range: { type: 'between', from: 'yesterday' },
      order: 'desc',
    });
  });
});
