import { describe, expect, it } from 'vitest';
import { displayableChanges } from '../../../core/changes/displayable-changes.ts';
import type { JsonObject } from '../../../core/values/json.ts';
import { type DiffRow, isOpenAtFirst, listRows } from '../../../dashboard/src/changes/diff-rows.ts';
import { diffStates, stateTree } from '../../../dashboard/src/changes/diff-tree.ts';
import { readSample } from '../../support/fixtures.ts';

const listChanges = (before: JsonObject, after: JsonObject) => displayableChanges({ before, after }) ?? [];

const show = (row: DiffRow) =>
  '  '.repeat(row.depth) +
  (row.kind === 'fold'
    ? `… ${row.count}${row.isOpen ? ':' : ''}`
    : `${row.node.state} ${row.node.key}${row.isOpen ? ':' : ''}`);

function rowsOf(before: JsonObject, after: JsonObject): string[] {
  const nodes = diffStates({ before, after, changes: listChanges(before, after) });
  return Array.from(listRows(nodes, { isOpen: isOpenAtFirst, foldAt: () => 'closed' }), show);
}

describe('listRows', () => {
  it('shows changes in place and collapses the rest', () => {
    const { before = {}, after = {} } = readSample('05').detail;
    expect(rowsOf(before, after)).toEqual([
      '… 4',
      'replaced instanceClass',
      'replaced allocatedStorageGiB',
      'replaced multiAz',
      '… 4',
      'changed vpcSecurityGroups:',
      '  changed sg-0a1b2c3d4e5f60718:',
      '    … 1',
      '    changed ingress:',
      '      … 1',
      '      added 1:',
      '        added protocol',
      '        added port',
      '        added source',
      '… 4',
    ]);
  });

  it('expands a run of unchanged nodes by the id of the first', () => {
    const state = { a: 1, b: 2, c: 3 };
    const nodes = diffStates({
      before: state,
      after: { ...state, b: 0 },
      changes: listChanges(state, { ...state, b: 0 }),
    });
    const foldAt = (id: string) => (id === '=/a' ? 'open' : 'closed');
    expect(Array.from(listRows(nodes, { isOpen: isOpenAtFirst, foldAt }), show)).toEqual([
      '… 1:',
      'same a',
      'replaced b',
      '… 1',
    ]);
  });

  it('collapses large added or removed nodes initially', () => {
    const rows = rowsOf({}, { small: [1, 2], large: Array.from({ length: 100 }, (_, i) => i) });
    expect(rows).toEqual(['added small:', '  added 0', '  added 1', 'added large']);
  });

  it('generates no more rows than requested', () => {
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key-${i}`, { value: i }]));
    const rows = listRows(stateTree(wide), { isOpen: () => true, foldAt: () => 'none' });
    for (let taken = 0; taken < 10; taken++) expect(rows.next().done).toBe(false);
  });
});
