import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayableChanges } from '../../../core/changes/displayable-changes.ts';
import type { JsonObject, JsonValue } from '../../../core/values/json.ts';
import { listRows } from '../../../dashboard/src/changes/diff-rows.ts';
import {
  type DiffNode,
  diffStates,
  hasChildren,
  stateTree,
} from '../../../dashboard/src/changes/diff-tree.ts';
import { readSample } from '../../support/fixtures.ts';
import { identifiedList, jsonObject } from '../../support/state-arbitraries.ts';

/** Lists whose elements change type, move, and are added or removed. */
const mixedList = fc
  .array(fc.constantFrom<JsonValue>('a', 'b', 1, null, [], {}, [1], { x: 1 }, { x: 2 }))
  .map((list) => ({ list }) as JsonObject);

const everyRow = (nodes: readonly DiffNode[]) =>
  [...listRows(nodes, { isOpen: () => true, foldAt: () => 'none' })].flatMap((row) =>
    row.kind === 'node' ? [row] : [],
  );

/** One side of the diff as rows: only depth, key and value. */
function readBack(nodes: readonly DiffNode[], side: 'before' | 'after'): JsonObject {
  const root: JsonObject = {};
  const open: (JsonObject | JsonValue[])[] = [root];
  for (const { node, depth } of everyRow(nodes)) {
    const value = node[side];
    if (value === undefined) continue;
    const copy = !hasChildren(value) ? value : Array.isArray(value) ? [] : {};
    const parent = open[depth] as JsonObject | JsonValue[];
    if (Array.isArray(parent)) parent.push(copy);
    else parent[String(node.key)] = copy;
    if (hasChildren(value)) open[depth + 1] = copy as JsonObject;
  }
  return root;
}

const listChanges = (before: JsonObject, after: JsonObject) => displayableChanges({ before, after }) ?? [];

/** The value with the elements of its lists sorted: the tree shows them in the order of the list after. */
function sortLists(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const sorted = value
      .map(sortLists)
      .map((element) => JSON.stringify(element))
      .sort();
    return sorted.map((element) => JSON.parse(element) as JsonValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortLists(value[key] as JsonValue)]),
  );
}

describe('diffStates', () => {
  const diff = (before: JsonObject, after: JsonObject) =>
    diffStates({ before, after, changes: listChanges(before, after) });

  it.each([
    ['any states', jsonObject],
    ['lists of identified elements', identifiedList],
    ['lists of anything', mixedList],
  ])('lets both sides be read back from its rows: %s', (_case, states) => {
    fc.assert(
      fc.property(states, states, (before, after) => {
        const nodes = diff(before, after);
        expect(sortLists(readBack(nodes, 'before'))).toEqual(sortLists(before));
        expect(readBack(nodes, 'after')).toEqual(after);
      }),
    );
  });

  it.each([
    ['any states', jsonObject],
    ['lists of identified elements', identifiedList],
    ['lists of anything', mixedList],
  ])('marks exactly the changes: %s', (_case, states) => {
    fc.assert(
      fc.property(states, states, (before, after) => {
        const changes = listChanges(before, after);
        const rows = everyRow(diff(before, after));
        const marked = rows.flatMap(({ node: { id, state, changeCount, isReordered } }) => {
          if (isReordered) return [`reordered ${id.slice(1)}`];
          return state === 'changed' || changeCount === 0 ? [] : [`${state} ${id.slice(1)}`];
        });
        const words = { add: 'added', remove: 'removed', replace: 'replaced', reorder: 'reordered' };
        expect(marked.sort()).toEqual(changes.map(({ op, path }) => `${words[op]} ${path}`).sort());
        expect(new Set(rows.map(({ node }) => node.id)).size).toBe(rows.length);
      }),
    );
  });

  it.each([
    ['a replaced one', ['a', { x: 1 }, [1], { x: 2 }], [[1], 'a']],
    ['one that took its number', ['a', 'a', 'a', { x: 2 }, 'a', { x: 1 }], ['a', [1], 'a', {}]],
  ])('distinguishes the children of a removed element from those of %s', (_case, before, after) => {
    const rows = everyRow(diff({ list: before }, { list: after }));
    expect(new Set(rows.map(({ node }) => node.id)).size).toBe(rows.length);
  });

  it('shows variables by name, JSON in strings inside, and another order as that', () => {
    const text = (image: string) => JSON.stringify([{ name: 'app', image }]);
    const before = {
      environment: [{ name: 'LOG_LEVEL', value: 'info' }],
      definitions: text('a:1'),
      subnets: ['s-1', 's-2'],
    };
    const after = {
      environment: [
        { name: 'PORT', value: '80' },
        { name: 'LOG_LEVEL', value: 'debug' },
      ],
      definitions: text('a:2'),
      subnets: ['s-2', 's-1'],
    };
    const shown = everyRow(diff(before, after)).map(({ node, depth }) => {
      const { key, state, isReordered } = node;
      const values = hasChildren(node.after) ? '' : ` ${node.before} ${node.after}`;
      return `${'  '.repeat(depth)}${key} ${isReordered ? 'reordered' : state}${values}`;
    });
    expect(shown).toEqual([
      'environment changed',
      '  PORT added undefined 80',
      '  LOG_LEVEL replaced info debug',
      'definitions changed',
      '  app changed',
      '    name same app app',
      '    image replaced a:1 a:2',
      'subnets reordered',
      '  0 same s-2 s-2',
      '  1 same s-1 s-1',
    ]);
  });

  it('counts the changes below each node', () => {
    const { before = {}, after = {} } = readSample('02').detail;
    const nodes = diff(before, after);
    expect(nodes.reduce((sum, { changeCount }) => sum + changeCount, 0)).toBe(
      listChanges(before, after).length,
    );
    expect(nodes.find(({ key }) => key === 'serviceTypes')).toMatchObject({
      state: 'changed',
      changeCount: 7,
    });
  });

  it('shows removed values at their old position', () => {
    expect(
      diff({ a: 1, b: 2, c: 3 }, { a: 1, c: 3, d: 4 }).map(({ key, state }) => `${key} ${state}`),
    ).toEqual(['a same', 'b removed', 'c same', 'd added']);
  });

  it('treats a single state as entirely added or removed', () => {
    const state = { a: { b: [1] } };
    expect(diffStates({ after: state, changes: [] })).toMatchObject([{ key: 'a', state: 'added' }]);
    expect(readBack(diffStates({ before: state, changes: [] }), 'before')).toEqual(state);
    expect(diffStates({ changes: [] })).toEqual([]);
  });
});

describe('stateTree', () => {
  it('shows the complete state', () => {
    fc.assert(
      fc.property(jsonObject, (state) => {
        expect(readBack(stateTree(state), 'after')).toEqual(state);
      }),
    );
  });
});
