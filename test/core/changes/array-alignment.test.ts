import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignArrays } from '../../../core/changes/array-alignment.ts';

/** The length of the longest common subsequence, by definition. */
function commonLength(one: readonly unknown[], other: readonly unknown[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const [first, ...rest] = one;
  const without = commonLength(rest, other);
  const index = other.indexOf(first);
  return index === -1 ? without : Math.max(without, 1 + commonLength(rest, other.slice(index + 1)));
}

const isAscending = (numbers: readonly number[]) =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] as number));

function checkIndexes(
  before: readonly unknown[],
  after: readonly unknown[],
  alignment: ReturnType<typeof alignArrays>,
) {
  const { removed, added, kept } = alignment;
  const [olds, news] = [kept.map(([old]) => old), kept.map(([, now]) => now)];
  for (const indexes of [removed, added, olds, news]) expect(isAscending(indexes)).toBe(true);
  expect([...removed, ...olds].sort((a, b) => a - b)).toEqual([...before.keys()]);
  expect([...added, ...news].sort((a, b) => a - b)).toEqual([...after.keys()]);
}

const identified = (ids: readonly number[]) => ids.map((id) => ({ id: `i-${id}`, note: 'same' }));

describe('alignArrays', () => {
  it('keeps as many elements with the same identifier as the order allows, and pairs no others', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 7 });
    fc.assert(
      fc.property(ids, ids, (old, now) => {
        const alignment = alignArrays(identified(old), identified(now));
        checkIndexes(old, now, alignment);
        expect(alignment.kept.every(([from, to]) => old[from] === now[to])).toBe(true);
        expect(alignment.kept).toHaveLength(commonLength(old, now));
      }),
    );
  });

  it('keeps as many equal elements as the order allows, and pairs those between them by position', () => {
    const values = fc.array(fc.constantFrom('a', 'b', 'c', 1, null, 'd'), { maxLength: 7 });
    fc.assert(
      fc.property(values, values, (old, now) => {
        const alignment = alignArrays(old, now);
        checkIndexes(old, now, alignment);
        const equal = alignment.kept.filter(([from, to]) => old[from] === now[to]);
        expect(equal).toHaveLength(commonLength(old, now));
        // Between two kept elements, elements were only removed or only added.
        const edges = [...alignment.kept, [old.length, now.length] as const];
        for (const [index, [from, to]] of edges.entries()) {
          const [lastFrom, lastTo] = edges[index - 1] ?? [-1, -1];
          expect(Math.min(from - lastFrom, to - lastTo)).toBe(1);
        }
      }),
    );
  });

  it('keeps shared ends, and compares up to 1,000 changed elements on each side', () => {
    const rotated = (count: number) => {
      const numbers = Array.from({ length: count }, (_, index) => index);
      return [numbers, [...numbers.slice(1), 0]] as const;
    };
    const align = (old: readonly number[], now: readonly number[]) =>
      alignArrays(identified(old), identified(now));
    const [old, now] = rotated(1000);
    expect(align(old, now)).toMatchObject({ removed: [0], added: [999] });
    const [longer, longerNow] = rotated(1001);
    expect(align(longer, longerNow).removed).toHaveLength(1001);
    const ends = [-3, -2, -1];
    expect(align([...ends, ...longer], [...ends, ...longerNow]).kept).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(align([...longer, ...ends], [...longerNow, ...ends]).kept.map(([from]) => from)).toEqual([
      1001, 1002, 1003,
    ]);
  });
});
