import { describe, expect, it } from 'vitest';
import { describeBefore, findMoment, groupByTarget } from '../../../dashboard/src/list/group-by-target.ts';
import { listItem } from './list-items.ts';

const at = (seconds: number, id = 'a', region = 'eu-west-1') => {
  const item = listItem({ atMillis: seconds * 1000 });
  return { ...item, region, target: { ...item.target, id } };
};

describe('groupByTarget', () => {
  it('keeps the order of groups and entries, and separates equal IDs of different regions', () => {
    const items = [at(9), at(8, 'b'), at(7), at(6, 'a', 'us-east-1'), at(5, 'b')];
    const groups = groupByTarget(items).map(({ items: grouped }) =>
      grouped.map((item) => items.indexOf(item)),
    );
    expect(groups).toEqual([[0, 2], [1, 4], [3]]);
  });
});

describe('findMoment', () => {
  it('is the end of an absolute range', () => {
    expect(findMoment({ type: 'between', to: '2026-11-25T15:00:00Z' })).toBe(Date.UTC(2026, 10, 25, 15));
    expect(findMoment({ type: 'between', from: '2026-11-25' })).toBe(undefined);
    expect(findMoment({ type: 'last', amount: 1, unit: 'hour' })).toBe(undefined);
  });
});

describe('describeBefore', () => {
  it.each([
    [0, 'at that time'],
    [22_000, '22 s before'],
    [49 * 60_000, '49 min before'],
    [3 * 3_600_000, '3 h before'],
  ])('describes %i ms', (millis, text) => {
    expect(describeBefore(new Date(1_000_000_000_000 - millis).toISOString(), 1_000_000_000_000)).toBe(text);
  });
});
