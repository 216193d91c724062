import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListItem } from '../../../client/client.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';
import {
  describeNewEntries,
  isInSearchedRange,
  mergeEntries,
  planPoll,
  takeNewEntries,
} from '../../../dashboard/src/list/new-entries.ts';
import { listItem } from './list-items.ts';

const added = (atMillis: number, isLate = false) => ({ item: listItem({ atMillis }), isLate });
const searchedThrough = listItem({ atMillis: 100 }).timestamp;

describe('planPoll', () => {
  const now = Date.parse('2026-11-25T12:00:00Z');
  const minutes = (count: number) => now - count * 60_000;
  const cut = { complete: false, searchedThrough: '2026-11-25T09:00:00.000Z' };
  const past = { polledAt: minutes(1), polledFarAt: minutes(2) };

  it('reads the window before the last poll again', () => {
    expect(planPoll(now, past, {}, { ...cut, complete: true })).toMatchObject({
      from: '2026-11-25T11:44:00.000Z',
      isLongLookback: false,
    });
  });

  it('reads the last day every five minutes, as far as the list has searched', () => {
    const due = { ...past, polledFarAt: minutes(5) };
    expect(planPoll(now, due, {}, { ...cut, complete: true })?.from).toBe('2026-11-24T12:00:00.000Z');
    expect(planPoll(now, due, {}, cut)).toMatchObject({ from: cut.searchedThrough, isLongLookback: true });
    expect(planPoll(now, due, { from: '2026-11-25T10:00:00Z' }, cut)?.from).toBe('2026-11-25T10:00:00.000Z');
  });

  it('reads nothing once the range of the search ends before the window', () => {
    const until = (to: string) => planPoll(now, past, { to }, cut);
    expect(until('2026-11-25T11:43:59Z')).toBeUndefined();
    expect(until('2026-11-25T11:50:00Z')).toBeDefined();
    expect(until('2026-11-25')).toBeDefined();
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
