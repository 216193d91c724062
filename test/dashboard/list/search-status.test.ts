import { describe, expect, it } from 'vitest';
import {
  canContinueAutomatically,
  describeCompleteSearch,
  describeNotSearched,
  describeSearchStatus,
  formatCount,
  maxAutomaticPages,
} from '../../../dashboard/src/list/search-status.ts';
import { listItem } from './list-items.ts';

const page = (count: number, complete = false) => ({
  items: Array.from({ length: count }, (_, index) => listItem({ atMillis: index })),
  complete,
  searchedThrough: '2026-11-12T10:00:00.000Z',
});
const idle = { isSearching: false, order: 'desc', zone: 'utc' } as const;

describe('describeNotSearched', () => {
  it('names entries whose details cannot be read, over all pages', () => {
    expect(describeNotSearched([{}, {}])).toBeUndefined();
    const pages = [{ notSearched: { count: 1, ids: ['a'] } }, {}, { notSearched: { count: 2, ids: ['b'] } }];
    expect(describeNotSearched(pages)).toBe(
      'The details of 3 entries cannot be read. They could match, but are not in this list: a, b and others.',
    );
  });
});

describe('describeSearchStatus', () => {
  it('says that no entries match only after the full range has been searched', () => {
    expect(describeSearchStatus({ ...idle, pages: [page(0, true)], count: 0 })).toBe('No entries match.');
    expect(describeSearchStatus({ ...idle, pages: [page(0)], count: 0 })).toBe(
      'Nothing found so far, searched back to 2026-11-12 10:00:00 UTC.',
    );
  });

  it('shows the progress during the search', () => {
    expect(describeSearchStatus({ ...idle, isSearching: true, pages: [], count: 0 })).toBe('Searching…');
    expect(describeSearchStatus({ ...idle, isSearching: true, pages: [page(3)], count: 3 })).toBe(
      '3 entries so far, searched back to 2026-11-12 10:00:00 UTC. Still searching…',
    );
  });

  it('describes the other direction when the oldest entries come first', () => {
    expect(describeSearchStatus({ ...idle, order: 'asc', pages: [page(0)], count: 0 })).toContain(
      'searched up to',
    );
  });

  it('says when there are no more results', () => {
    expect(describeSearchStatus({ ...idle, pages: [page(50), page(1, true)], count: 51 })).toBe(
      '51 entries. End of results.',
    );
  });
});

describe('describeCompleteSearch', () => {
  it('describes what was searched, limited to what the user can access', () => {
    expect(describeCompleteSearch({ type: 'any' }, 'utc')).toBe(
      'All entries that you have access to were searched.',
    );
    expect(describeCompleteSearch({ type: 'last', amount: 7, unit: 'day' }, 'utc')).toBe(
      'All entries that you have access to were searched in this time range: Last 7 days.',
    );
  });
});

describe('formatCount', () => {
  it.each([
    [1, true, '1 entry'],
    [1, false, '1+ entries'],
    [12345, true, '12,345 entries'],
  ])('formats %i (complete: %s) as %s', (count, isComplete, words) => {
    expect(formatCount(count, isComplete)).toBe(words);
  });
});

describe('canContinueAutomatically', () => {
  const cut = (count: number) => Array.from({ length: count }, () => page(1));

  it('continues after full pages', () => {
    expect(canContinueAutomatically([page(50), page(50), page(50)], 50, 0)).toBe(true);
  });

  it('stops after several consecutive pages that the budget cut short', () => {
    expect(canContinueAutomatically(cut(maxAutomaticPages - 1), 50, 0)).toBe(true);
    expect(canContinueAutomatically(cut(maxAutomaticPages), 50, 0)).toBe(false);
    expect(canContinueAutomatically([...cut(maxAutomaticPages), page(50)], 50, 0)).toBe(true);
  });

  it('restarts the count at a click', () => {
    expect(canContinueAutomatically(cut(maxAutomaticPages + 1), 50, maxAutomaticPages)).toBe(true);
  });

  it('does not continue after the last page or before the first', () => {
    expect(canContinueAutomatically([page(50, true)], 50, 0)).toBe(false);
    expect(canContinueAutomatically([], 50, 0)).toBe(false);
  });
});
