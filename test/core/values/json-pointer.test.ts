import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf, pointerTo } from '../../../core/values/json-pointer.ts';
import { toReadablePath } from '../../../core/values/readable-path.ts';

describe('keysOf', () => {
  it('returns the keys that pointerTo joined, for any keys', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('', '/', '~', '~1', '~0', '~01', '/~', 'a/b~c'));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 5 }), (keys) => {
        expect(keysOf(keys.reduce(pointerTo, ''))).toEqual(keys);
      }),
    );
  });

  it('reads the examples of RFC 6901', () => {
    expect(['', '/foo/0', '/', '/a~1b', '/m~0n', '/c%d'].map(keysOf)).toEqual([
      [],
      ['foo', '0'],
      [''],
      ['a/b'],
      ['m~n'],
      ['c%d'],
    ]);
    expect(pointerTo(pointerTo('', 'a/b~'), 7)).toBe('/a~1b~0/7');
  });
});

describe('toReadablePath', () => {
  it.each([
    [['containers', 0, 'image'], 'containers[0].image'],
    [['list', '10', 'max-size_$'], 'list[10].max-size_$'],
    [[0], '[0]'],
    [['00'], '["00"]'],
    [['größe', 'ß1'], 'größe.ß1'],
    [['a.b', 'c d', '1st', '-x'], '["a.b"]["c d"]["1st"]["-x"]'],
    [['', 'a"b'], '[""]["a\\"b"]'],
    [[], '(all)'],
  ])('formats %j', (keys, path) => {
    expect(toReadablePath(keys.reduce<string>(pointerTo, ''))).toBe(path);
  });
});
