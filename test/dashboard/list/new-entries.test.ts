import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListItem } from '../../../client/client.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';
import {
  describeNewEntries,
  isInSearchedRange,
  limitPoll,
  mergeEntries,
  takeNewEntries,
} from '../../../dashboard/src/list/new-entries.ts';
import { listItem } from './list-items.ts';

const added = (atMillis: number, isLate = false) => ({ item: listItem({ atMillis }), isLate });
const searchedThrough = listItem({ atMillis: 100 }).timestamp;

describe('limitPoll', () => {
  const time = (clock: string) => Date.parse(`2026-11-25T${clock}:00.000Z`);
  const poll = { atMillis: time('12:00'), fromMillis: time('11:44'), tier: 1 };
  const since = { ...poll, recordedFromMillis: time('11:54') };
  const all = { complete: true, searchedThrough: '1970-01-01T00:00:00.000Z' };
  const cut = { complete: false, searchedThrough: '2026-11-25T11:50:00.000Z' };

  it('reads from the start of the poll, but not before the range of the search', () => {
    expect(limitPoll(poll, {}, all)).toEqual({ from: '2026-11-25T11:44:00.000Z' });
    expect(limitPoll(poll, { from: '2026-11-25T11:48:00Z' }, all)?.from).toBe('2026-11-25T11:48:00.000Z');
    expect(limitPoll(poll, { from: '2026-11-24' }, all)?.from).toBe('2026-11-25T11:44:00.000Z');
  });

  it('reads only what the list has searched', () => {
    expect(limitPoll(poll, {}, cut)?.from).toBe(cut.searchedThrough);
    expect(limitPoll(poll, { order: 'asc' }, cut)?.from).toBe('2026-11-25T11:44:00.000Z');
  });

  it('reads nothing once the range of the search ends before the poll', () => {
    expect(limitPoll(poll, { to: '2026-11-25T11:43:59Z' }, all)).toBeUndefined();
    expect(limitPoll(poll, { to: '2026-11-25T11:50:00Z' }, all)).toBeDefined();
    expect(limitPoll(poll, { to: '2026-11-25' }, all)).toBeDefined();
  });

  it('combines the bounds of the time of recording with those of the search', () => {
    const recordedFrom = (filters: object) => limitPoll(since, filters, all)?.recordedFrom;
    expect(recordedFrom({})).toBe('2026-11-25T11:54:00.000Z');
    expect(recordedFrom({ recordedFrom: '2026-11-25' })).toBe('2026-11-25T11:54:00.000Z');
    expect(recordedFrom({ recordedFrom: '2026-11-25T11:58:00Z' })).toBe('2026-11-25T11:58:00.000Z');
    // The API rejects a range that ends before it starts.
    expect(recordedFrom({ recordedTo: '2026-11-25T11:00:00Z' })).toBeUndefined();
  });
});

describe('isInSearchedRange', () => {
  it('excludes what the search has not reached yet', () => {
    const searched = { complete: false, searchedThrough };
    expect(isInSearchedRange(listItem({ atMillis: 200 }), searched, 'desc')).toBe(true);
    expect(isInSearchedRange(listItem({ atMillis: 50 }), searched, 'desc')).toBe(false);
    expect(isInSearchedRange(listItem({ atMillis: 200 }), searched, 'asc')).toBe(false);
    expect(isInSearchedRange(listItem({ atMillis: 50 }), searched, 'asc')).toBe(true);
  });

  it('includes everything once the full range has been searched', () => {
    expect(isInSearchedRange(listItem({ atMillis: 0 }), { complete: true, searchedThrough }, 'desc')).toBe(
      true,
    );
  });
});

describe('takeNewEntries', () => {
  it('returns an entry once the list reaches it, even if an earlier poll saw it', () => {
    const deduplicator = new TailDeduplicator<ListItem>();
    const items = [listItem({ atMillis: 50 })];
    expect(takeNewEntries(deduplicator, items, { complete: false, searchedThrough }, 'desc')).toEqual([]);
    const completeRange = { complete: true, searchedThrough };
    expect(takeNewEntries(deduplicator, items, completeRange, 'desc').map(({ item }) => item)).toEqual(items);
    expect(takeNewEntries(deduplicator, items, completeRange, 'desc')).toEqual([]);
  });
});

describe('mergeEntries', () => {
  it('returns each entry once, in the order of the list', () => {
    const times = fc.uniqueArray(fc.nat(1000), { maxLength: 30 });
    fc.assert(
      fc.property(times, fc.array(fc.nat(1000)), fc.constantFrom('asc', 'desc'), (paged, late, order) => {
        const sign = order === 'asc' ? 1 : -1;
        const items = paged.sort((a, b) => sign * (a - b)).map((atMillis) => listItem({ atMillis }));
        const merged = mergeEntries(
          [{ items }],
          late.map((atMillis) => added(atMillis)),
          order,
        );
        const expected = [...new Set([...paged, ...late])].sort((a, b) => sign * (a - b));
        expect(merged).toEqual(expected.map((atMillis) => listItem({ atMillis })));
      }),
    );
  });
});

describe('describeNewEntries', () => {
  it.each([
    [[added(1)], '1 new entry'],
    [[added(1), added(2), added(3, true)], '3 new entries, 1 late'],
    [[added(1, true)], '1 new entry, late'],
  ])('counts entries and late ones: case %#', (entries, words) => {
    expect(describeNewEntries(entries)).toBe(words);
  });
});
