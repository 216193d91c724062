import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  depthOf,
  findJsonIssues,
  isJsonObject,
  type JsonValue,
  maxDepth,
  omitUndefined,
} from '../../../core/values/json.ts';

const nested = (depth: number): JsonValue =>
  Array.from({ length: depth }).reduce<JsonValue>(
    (inner, _, level) => (level % 2 === 0 ? [inner] : { inner }),
    1,
  );

const codesOf = (value: unknown, limit?: number) =>
  findJsonIssues(value, limit).map(({ path, code }) => `${path} ${code}`);

describe('depthOf', () => {
  it('is 0 for a scalar and one more for each level, whatever the order of the branches', () => {
    expect([1, null, 'a', true].map(depthOf)).toEqual([0, 0, 0, 0]);
    expect([[], {}, [1, { a: 1 }, 2], [[[]], []]].map(depthOf)).toEqual([1, 1, 2, 3]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), (depth) => {
        expect(depthOf([nested(depth), 1])).toBe(depth + 1);
      }),
    );
    expect(depthOf([{ $number: '1e400' }])).toBe(1);
    expect(depthOf(nested(100_000))).toBe(100_000);
  });
});

describe('findJsonIssues', () => {
  it('returns nothing for JSON that can be stored', () => {
    const value = {
      a: [1.5, -3, 2 ** 53 - 1, null, true, '😀', { $number: '1e400' }],
      '': {},
      'a/b': nested(31),
    };
    expect(findJsonIssues(value)).toEqual([]);
  });

  it('names the place of each value that cannot be stored', () => {
    const value = {
      'a/b': ['\ud800', { deep: 2 ** 53 }],
      nan: Number.NaN,
      ['__proto__']: 1,
      'lone \udc00': { inner: '\ud800' },
    };
    expect(codesOf(value)).toEqual([
      '/a~1b/0 MALFORMED_TEXT',
      '/a~1b/1/deep INEXACT_NUMBER',
      '/nan INEXACT_NUMBER',
      '/__proto__ FORBIDDEN_KEY',
      '/lone \udc00 MALFORMED_TEXT',
    ]);
  });

  it('says what is allowed', () => {
    expect(findJsonIssues(['\ud800', { '\ud800': 1 }, 2 ** 53]).map(({ message }) => message)).toEqual([
      'must not contain a lone surrogate',
      'must not contain a lone surrogate',
      'must be between -(2^53 - 1) and 2^53 - 1, or a bigint, exactNumber(), or a string',
    ]);
    expect(findJsonIssues(JSON.parse('{"__proto__": 1}'))[0]?.message).toBe('must not be used as a key');
    expect(findJsonIssues(nested(maxDepth + 1))[0]?.message).toBe('must be nested at most 32 levels deep');
  });

  it('accepts the greatest depth and rejects one level more, also if it is empty', () => {
    expect(codesOf(nested(maxDepth))).toEqual([]);
    expect(codesOf(nested(maxDepth + 1))).toEqual([expect.stringMatching(/ TOO_DEEP$/)]);
    const deepest = Array.from({ length: maxDepth }).reduce<JsonValue>((inner) => [inner], []);
    expect(codesOf(deepest)).toEqual([`${'/0'.repeat(maxDepth)} TOO_DEEP`]);
  });

  it('returns at most as many issues as requested', () => {
    const value = Array.from({ length: 30 }, () => '\ud800');
    expect([codesOf(value), codesOf(value, 3)].map(({ length }) => length)).toEqual([20, 3]);
  });
});

describe('isJsonObject', () => {
  it('is true only for objects that are not lists', () => {
    expect([{}, { a: 1 }, [], null, 'a', 1, undefined].map(isJsonObject)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('omitUndefined', () => {
  it('removes undefined properties, and returns the object itself if it has none', () => {
    const full = { a: null, b: { c: undefined } };
    expect(omitUndefined(full)).toBe(full);
    expect(Object.keys(omitUndefined({ a: 1, b: undefined, c: 0 }))).toEqual(['a', 'c']);
  });
});
