import { describe, expect, it } from 'vitest';
import {
  canContinueAutomatically,
  describeComplete,
  describeSearch,
  formatCount,
  maxAutomaticPages,
} from '../../../dashboard/src/list/search-progress.ts';
import { listItem } from './list-items.ts';

const page = (count: number, complete = false) => ({
  items: Array.from({ length: count }, (_, index) => listItem({ atMillis: index })),
  complete,
  searchedThrough: '2026-11-12T10:00:00.000Z',
});
const idle = { isSearching: false, order: 'desc', zone: 'utc' } as const;

describe('describeSearch', () => {
  it('says that nothing matches only when the range was searched whole', () => {
    expect(describeSearch({ ...idle, pages: [page(0, true)], count: 0 })).toBe('No entries match.');
    expect(describeSearch({ ...idle, pages: [page(0)], count: 0 })).toBe(
      'Nothing found so far, searched back to 2026-11-12 10:00:00 UTC.',
    );
  });

  it('says while it searches how far it has come', () => {
    expect(describeSearch({ ...idle, isSearching: true, pages: [], count: 0 })).toBe('Searching.');
    expect(describeSearch({ ...idle, isSearching: true, pages: [page(3)], count: 3 })).toBe(
      '3 entries so far, searched back to 2026-11-12 10:00:00 UTC. Searching on.',
    );
  });

  it('names the other direction when the oldest come first', () => {
    expect(describeSearch({ ...idle, order: 'asc', pages: [page(0)], count: 0 })).toContain('searched up to');
  });

  it('says when that was all', () => {
    expect(describeSearch({ ...idle, pages: [page(50), page(1, true)], count: 51 })).toBe(
      '51 entries. There are no more.',
    );
  });
});

describe('describeComplete', () => {
  it('says what was searched, within what somebody may see', () => {
    expect(describeComplete({ type: 'any' }, 'utc')).toBe('Everything that you may see was searched.');
    expect(describeComplete({ type: 'last', amount: 7, unit: 'day' }, 'utc')).toBe(
      'The range was searched whole, within what you may see: Last 7 days.',
    );
  });
});

describe('formatCount', () => {
  it.each([
    [1, true, '1 entry'],
    [1, false, '1+ entries'],
    [12345, true, '12,345 entries'],
  ])('says %i (whole: %s) as %s', (count, isComplete, words) => {
    expect(formatCount(count, isComplete)).toBe(words);
  });
});

describe('canContinueAutomatically', () => {
  const cut = (count: number) => Array.from({ length: count }, () => page(1));

  it('follows full pages as long as somebody reads on', () => {
    expect(canContinueAutomatically([page(50), page(50), page(50)], 50, 0)).toBe(true);
  });

  it('stops after some pages in a row that the budget cut short', () => {
    expect(canContinueAutomatically(cut(maxAutomaticPages - 1), 50, 0)).toBe(true);
    expect(canContinueAutomatically(cut(maxAutomaticPages), 50, 0)).toBe(false);
    expect(canContinueAutomatically([...cut(maxAutomaticPages), page(50)], 50, 0)).toBe(true);
  });

  it('counts anew from a click', () => {
    expect(canContinueAutomatically(cut(maxAutomaticPages + 1), 50, maxAutomaticPages)).toBe(true);
  });

  it('never goes beyond the end, and leaves the first page to the search', () => {
    expect(canContinueAutomatically([page(50, true)], 50, 0)).toBe(false);
    expect(canContinueAutomatically([], 50, 0)).toBe(false);
  });
});
