import { describe, expect, it } from 'vitest';
import { listLeaves } from '../../../core/changes/leaf-changes.ts';
import type { StateChange } from '../../../core/changes/state-comparison.ts';

const leavesOf = (change: StateChange) => [...listLeaves(change)];

describe('listLeaves', () => {
  it('returns a replaced value as one change, also if a double cannot hold the number', () => {
    const [before, after] = [{ $number: '1e400' }, { $number: '12345678901234567890' }];
    expect(leavesOf({ path: '/a/size', op: 'replace', before: 1, after: 2 })).toEqual([
      { keys: ['a', 'size'], before: 1, after: 2 },
    ]);
    expect(leavesOf({ path: '/size', op: 'replace', before, after })).toEqual([
      { keys: ['size'], before, after },
    ]);
    expect(leavesOf({ path: '', op: 'add', after: { sizes: [before] } })).toEqual([
      { keys: ['sizes', '0'], after: before },
    ]);
  });

  it('returns each value of a removed and of an added object, by the names of the elements', () => {
    const before = { image: 'a', env: [{ name: 'MODE', value: 'x' }] };
    const after = [{ name: 'app', ports: [80, {}], tags: [] }];
    expect(leavesOf({ path: '/x', op: 'replace', before, after })).toEqual([
      { keys: ['x', 'env', 'MODE'], before: 'x' },
      { keys: ['x', 'image'], before: 'a' },
      { keys: ['x', 'app', 'name'], after: 'app' },
      { keys: ['x', 'app', 'ports', '0'], after: 80 },
      { keys: ['x', 'app', 'ports', '1'], after: {} },
      { keys: ['x', 'app', 'tags'], after: [] },
    ]);
  });

  it('returns a list with a changed order without values', () => {
    expect(leavesOf({ path: '/list', op: 'reorder' })).toEqual([{ keys: ['list'] }]);
  });
});
