import { describe, expect, it } from 'vitest';
import { matchElements, valueOfNamed } from '../../../core/changes/list-matching.ts';
import type { JsonValue } from '../../../core/values/json.ts';

const match = (before: JsonValue[], after: JsonValue[]) => {
  const { nameOf: _, ...rest } = matchElements(before, after, 'list');
  return rest;
};

describe('matchElements', () => {
  it.each<[string, JsonValue[], JsonValue[], Partial<ReturnType<typeof match>>]>([
    [
      'objects of which at least half of the fields are equal, at any index',
      [
        { port: 1, from: 'a' },
        { port: 2, from: 'b' },
      ],
      [
        { port: 2, from: 'c' },
        { port: 1, from: 'd' },
      ],
      {
        kept: [
          [1, 0],
          [0, 1],
        ],
        isReordered: true,
      },
    ],
    [
      'the most similar object',
      [{ p: 1, q: 1, r: 1, s: 1 }],
      [
        { p: 1, q: 1, r: 2, s: 2 },
        { p: 1, q: 1, r: 1, s: 2 },
      ],
      { removed: [], added: [0], kept: [[0, 1]] },
    ],
    [
      'the nearest of equally similar objects',
      ['s', 't', { p: 1, q: 1 }],
      [
        { p: 1, q: 2 },
        { p: 1, q: 3 },
      ],
      { removed: [0, 1], added: [0], kept: [[2, 1]] },
    ],
    [
      'the nearest of equally similar objects, after the others',
      [{ p: 1, q: 1 }],
      ['s', { p: 1, q: 2 }, { p: 1, q: 3 }],
      { removed: [], added: [0, 2], kept: [[0, 1]] },
    ],
    [
      'no object with less than half of its fields equal',
      [{ p: 1, q: 1, r: 1 }],
      ['x', { p: 1, q: 2, r: 2 }],
      { removed: [0], added: [0, 1], kept: [] },
    ],
    [
      'no object with other fields, also if more of its own are equal',
      [{ p: 1 }],
      ['x', { p: 1, q: 1, r: 1 }],
      { removed: [0], added: [0, 1], kept: [] },
    ],
    [
      'remaining lists and objects at the same index',
      [[1], { a: 1 }, 'x'],
      [[2], { b: 2 }, 'y', 'z'],
      {
        removed: [2],
        added: [2, 3],
        kept: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    [
      'no list with an object',
      [[1], { a: 1 }],
      [{ b: 2 }, [2], 'z'],
      { removed: [0, 1], added: [0, 1, 2], kept: [] },
    ],
    [
      'remaining values at the same index if the lists have the same length',
      ['a', 'b'],
      ['c', 'b'],
      {
        removed: [],
        added: [],
        kept: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    ['no value twice', ['a', 'b'], ['b', 'c'], { removed: [0], added: [1], kept: [[1, 0]] }],
    [
      'equal values in their order',
      ['a', 'a', 'x', 'y'],
      ['q', 'r', 'a', 'a', 'z'],
      {
        removed: [2, 3],
        added: [0, 1, 4],
        kept: [
          [0, 2],
          [1, 3],
        ],
        isReordered: false,
      },
    ],
    [
      'equal values at the same index first',
      ['x', 'a', 'a'],
      ['a', 'a', 'q', 'z'],
      {
        kept: [
          [2, 0],
          [1, 1],
        ],
        removed: [0],
        added: [2, 3],
      },
    ],
    [
      'elements with the same identifier only',
      [
        { id: 'a', size: 1 },
        { id: 'b', size: 1 },
      ],
      [
        { id: 'c', size: 1 },
        { id: 'a', size: 2 },
      ],
      { kept: [[0, 1]], removed: [1], added: [0] },
    ],
  ])('pairs %s', (_case, before, after, expected) => {
    expect(match(before, after)).toMatchObject(expected);
  });

  it('compares up to 2,500 pairs of objects for similarity', () => {
    const rules = (count: number, from: string) =>
      Array.from({ length: count }, (_, port): JsonValue => ({ port, from }));
    const reversed = (count: number) => match(rules(count, 'a'), rules(count, 'b').reverse());
    expect(reversed(50).kept[0]).toEqual([49, 0]);
    expect(reversed(51).kept[0]).toEqual([0, 0]);
  });

  it('names elements by their identifier, without the beginning of an ARN if the rest is unique', () => {
    const names = (...ids: string[]) => {
      const elements = ids.map((arn): JsonValue => ({ arn }));
      const { nameOf } = matchElements(elements.slice(0, 1), elements.slice(1), 'list');
      return nameOf && elements.map(nameOf);
    };
    expect(names('arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b')).toEqual(['a', 'b']);
    expect(names('arn:aws:iam::1:role/a', 'arn:aws:iam::2:role/a')).toEqual([
      'arn:aws:iam::1:role/a',
      'arn:aws:iam::2:role/a',
    ]);
    expect(names('x'.repeat(40))).toEqual(['x'.repeat(40)]);
    expect(names('x'.repeat(41))).toBeUndefined();
    expect(names('short', 'x'.repeat(41))).toBeUndefined();
    expect(matchElements(['a'], ['b'], 'list').nameOf).toBeUndefined();
  });
});

describe('valueOfNamed', () => {
  it.each<[JsonValue, JsonValue | undefined]>([
    [{ name: 'A', value: 1 }, 1],
    [{ Value: null, Key: 'A' }, null],
    [{ parameterName: 'A', parameterValue: 'x' }, 'x'],
    [{ name: 'B', value: 1 }, undefined],
    [{ name: 'A', value: 1, secret: false }, undefined],
    [{ value: 'A' }, undefined],
    [{ name: 'A', values: 1 }, undefined],
    [{ value: 'A', defaultValue: 'A' }, 'A'],
    ['A', undefined],
  ])('returns for %j the value %j', (element, value) => {
    expect(valueOfNamed(element, 'A')).toEqual(value);
  });
});
