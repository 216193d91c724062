import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListItem } from '../../../client/client.ts';
import { TailDeduplicator } from '../../../core/search/tail-deduplicator.ts';
import {
  describeNewEntries,
  isInRange,
  mergeEntries,
  planPoll,
  takeInRange,
} from '../../../dashboard/src/list/new-entries.ts';
import { listItem } from './list-items.ts';

const added = (atMillis: number, isLate = false) => ({ item: listItem({ atMillis }), isLate });
const searchedThrough = listItem({ atMillis: 100 }).timestamp;

describe('planPoll', () => {
  const now = Date.parse('2026-11-25T12:00:00Z');
  const minutes = (count: number) => now - count * 60_000;
  const cut = { complete: false, searchedThrough: '2026-11-25T09:00:00.000Z' };
  const past = { lookedAt: minutes(1), lookedFarAt: minutes(2) };

  it('reads the window before the last look again', () => {
    expect(planPoll(now, past, {}, { ...cut, complete: true })).toMatchObject({
      from: '2026-11-25T11:44:00.000Z',
      isFar: false,
    });
  });

  it('reads the last day every five minutes, as far as the list shows it', () => {
    const due = { ...past, lookedFarAt: minutes(5) };
    expect(planPoll(now, due, {}, { ...cut, complete: true })?.from).toBe('2026-11-24T12:00:00.000Z');
    expect(planPoll(now, due, {}, cut)).toMatchObject({ from: cut.searchedThrough, isFar: true });
    expect(planPoll(now, due, { from: '2026-11-25T10:00:00Z' }, cut)?.from).toBe('2026-11-25T10:00:00.000Z');
  });

  it('reads nothing once the end of the search lies behind the window', () => {
    const until = (to: string) => planPoll(now, past, { to }, cut);
    expect(until('2026-11-25T11:43:59Z')).toBeUndefined();
    expect(until('2026-11-25T11:50:00Z')).toBeDefined();
    expect(until('2026-11-25')).toBeDefined();
  });
});

describe('isInRange', () => {
  it('leaves to the search what lies where it has not come yet', () => {
    const reach = { complete: false, searchedThrough };
    expect(isInRange(listItem({ atMillis: 200 }), reach, 'desc')).toBe(true);
    expect(isInRange(listItem({ atMillis: 50 }), reach, 'desc')).toBe(false);
    expect(isInRange(listItem({ atMillis: 200 }), reach, 'asc')).toBe(false);
    expect(isInRange(listItem({ atMillis: 50 }), reach, 'asc')).toBe(true);
  });

  it('takes everything once the range was searched whole', () => {
    expect(isInRange(listItem({ atMillis: 0 }), { complete: true, searchedThrough }, 'desc')).toBe(true);
  });
});

describe('takeInRange', () => {
  it('gives an entry once the list reaches it, though an earlier look met it beyond', () => {
    const fold = new TailDeduplicator<ListItem>();
    const items = [listItem({ atMillis: 50 })];
    expect(takeInRange(fold, items, { complete: false, searchedThrough }, 'desc')).toEqual([]);
    const whole = { complete: true, searchedThrough };
    expect(takeInRange(fold, items, whole, 'desc').map(({ item }) => item)).toEqual(items);
    expect(takeInRange(fold, items, whole, 'desc')).toEqual([]);
  });
});

describe('mergeEntries', () => {
  it('gives each entry once, in the order of the list, wherever it came from', () => {
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
  ])('counts %# and says which are late', (entries, words) => {
    expect(describeNewEntries(entries)).toBe(words);
  });
});
