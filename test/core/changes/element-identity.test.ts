import { describe, expect, it } from 'vitest';
import { findIdentifyingField, labelOf } from '../../../core/changes/element-identity.ts';

describe('findIdentifyingField', () => {
  it.each([
    [
      'the preferred of several fields, whatever their order',
      [{ name: 'a', type: 'x', id: '1' }],
      [],
      '',
      'id',
    ],
    ['a general field before one of an AWS shape', [{ subnetId: 's', name: 'a' }], [], '', 'name'],
    ['a field in any case', [{ SubnetId: 's-1' }], [{ SubnetId: 's-2' }], '', 'SubnetId'],
    ['a field of the new list, if the old one is empty', [], [{ key: 'a' }], '', 'key'],
    [
      'the next field, if a value occurs twice',
      [
        { id: '1', name: 'a' },
        { id: '1', name: 'b' },
      ],
      [],
      '',
      'name',
    ],
    [
      'the next field, if the other list does not have it',
      [{ id: '1', name: 'a' }],
      [{ name: 'a' }],
      '',
      'name',
    ],
    [
      'the next field, if a value is not a string',
      [
        { id: '1', key: 'a' },
        { id: 2, key: 'b' },
      ],
      [],
      '',
      'key',
    ],
    [
      'the task definition in a list of deployments',
      [{ id: '1', taskDefinition: 't:1' }],
      [],
      'deployments',
      'taskDefinition',
    ],
    ['the ID of deployments without a task definition', [{ id: '1' }], [], 'deployments', 'id'],
    ['the ID in every other list', [{ id: '1', taskDefinition: 't:1' }], [], 'services', 'id'],
    ['no field of plain values', ['a'], ['b'], '', undefined],
    ['no field that only some elements have', [{ id: '1' }, 'a'], [], '', undefined],
    ['no field of empty lists', [], [], '', undefined],
    ['no other field', [{ port: '22' }], [], '', undefined],
  ])('returns %s', (_case, before, after, listName, field) => {
    expect(findIdentifyingField(before, after, listName)).toBe(field);
  });
});

describe('labelOf', () => {
  it('is equal for elements with the same identifier, and without one for equal values only', () => {
    expect(labelOf({ id: 'a', size: 1 }, 'id')).toBe(labelOf({ id: 'a', size: 2 }, 'id'));
    expect(labelOf({ a: 1, b: [null] })).toBe(labelOf({ b: [null], a: 1 }));
    const different = ['1', 1, null, 'null', true, 'true', {}, [], { id: 'a' }, { id: 'b' }];
    expect(new Set(different.map((value) => labelOf(value))).size).toBe(different.length);
  });
});
