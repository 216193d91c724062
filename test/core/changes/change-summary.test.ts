import { describe, expect, it } from 'vitest';
import { outlineChanges } from '../../../core/changes/change-outline.ts';
import { describeChanges, summarizeChanges } from '../../../core/changes/change-summary.ts';
import { compareStates } from '../../../core/changes/state-comparison.ts';
import type { JsonObject } from '../../../core/values/json.ts';
import { readSample } from '../../support/fixtures.ts';

const summaryOf = (before: JsonObject, after: JsonObject, maxLength?: number) =>
  summarizeChanges(outlineChanges(compareStates(before, after)), maxLength);

describe('summarizeChanges', () => {
  it('shows the most important changes and the number of the others', () => {
    const { before = {}, after = {} } = readSample('05').detail;
    expect(summaryOf(before, after, 45)).toBe('instanceClass: db.t4g.micro → db.t4g.medium, +3');
    expect(summaryOf(before, after, 75)).toBe(
      'instanceClass: db.t4g.micro → db.t4g.medium, allocatedStorageGiB: 20 → 100, +2',
    );
  });

  it.each<[string, JsonObject, JsonObject, string]>([
    ['a secret', { password: '[REDACTED:1]' }, { password: '[REDACTED:2]' }, 'password changed (redacted)'],
    ['a new secret', {}, { token: '[REDACTED:1]' }, 'token: added (redacted)'],
    ['a long text', { command: 'x'.repeat(99) }, { command: 'y' }, 'command changed'],
    ['an added element', { list: ['a'] }, { list: ['a', 'b'] }, 'list: added b'],
    ['a removed element', { list: [{ id: 1 }] }, { list: [] }, 'list: removed {"id":1}'],
    ['an added field', {}, { min: 4 }, 'min: added 4'],
    ['an empty text', { name: '' }, { name: 'true' }, 'name: "" → "true"'],
    ['a number and the same number as text', { size: 1 }, { size: '1' }, 'size: 1 → "1"'],
    [
      'a nested path',
      { [`a${'b'.repeat(50)}`]: { cpu: 1 } },
      { [`a${'b'.repeat(50)}`]: { cpu: 2 } },
      '….cpu: 1 → 2',
    ],
  ])('summarizes %s', (_case, before, after, summary) => {
    expect(summaryOf(before, after)).toBe(summary);
  });

  it.each<[string, unknown[], unknown[], string]>([
    ['plain elements in place', ['sg-1'], ['sg-2'], 'groups[0]: sg-1 → sg-2'],
    ['one replaced element', [{ id: 'a' }], [{ id: 'b' }], 'groups.b: added, groups.a: removed'],
    [
      'one replaced element with long values',
      [{ id: 'a'.repeat(80) }],
      [{ id: 'b'.repeat(80) }],
      'groups: 1 replaced',
    ],
    [
      'more elements removed than added',
      [{ id: 'a' }, { id: 'b' }],
      [{ id: 'c' }],
      'groups.c: added, groups.a: removed, groups.b: removed',
    ],
    [
      'more changes than are outlined',
      ['a', 'b', 'c', 'd'].map((id) => ({ id })),
      [{ id: 'e' }],
      'groups.e: added, groups.a: removed, groups.b: removed, +2',
    ],
    ['more unnamed elements removed than added', ['a', 'b'], [1], 'groups: 2 removed, 1 added'],
    [
      'an opening',
      ['10.0.0.0/8', 'b'],
      ['0.0.0.0/0'],
      'groups: added "0.0.0.0/0", groups: removed "10.0.0.0/8", +1',
    ],
    ['only removed elements', ['a', 'b'], [], 'groups: removed a, groups: removed b'],
  ])('summarizes both sides of a changed list: %s', (_case, before, after, summary) => {
    expect(summaryOf({ groups: before } as JsonObject, { groups: after } as JsonObject)).toBe(summary);
  });

  it('does not show a removal alone if the addition is recorded only as a path', () => {
    const item = {
      changedPaths: ['/cpu', '/memory', '/groups/0', '/groups/0'],
      highlights: [
        { path: '/cpu', op: 'replace', before: 1, after: 2 },
        { path: '/memory', op: 'replace', before: 1, after: 2 },
        { path: '/groups/0', op: 'remove', before: 'sg-1' },
      ] as const,
      changeCount: 4,
    };
    expect(summarizeChanges({ ...item, highlights: [...item.highlights] })).toBe(
      'cpu: 1 → 2, memory: 1 → 2, groups changed',
    );
  });

  it('shows no counts for a list if some changes have no recorded path', () => {
    const moved = (path: string, op: 'remove' | 'add') => ({ path, op, before: { id: path } });
    const [left, came] = [moved('/groups/0', 'remove'), moved('/groups/0', 'add')];
    const both = { changedPaths: [left.path, came.path], highlights: [left, came] };
    expect(summarizeChanges({ ...both, changeCount: 2 })).toBe('groups: 1 replaced');
    expect(summarizeChanges({ ...both, changeCount: 90 })).toBe('groups changed, +88');
    const half = { changedPaths: [left.path, '/cpu'], highlights: [left], changeCount: 90 };
    expect(summarizeChanges(half)).toBe('groups changed, +89');
  });

  it('shows the end of an ARN, and the full ARN if only the beginning differs', () => {
    const role = (account: string, name: string) => ({ identity: `arn:aws:iam::${account}:role/${name}` });
    expect(summaryOf(role('1', 'old'), role('1', 'new'))).toBe('identity: …old → …new');
    expect(summaryOf(role('1', 'app'), role('2', 'app'))).toBe(
      'identity: arn:aws:iam::1:role/app → arn:aws:iam::2:role/app',
    );
    expect(summaryOf({ ...role('1', 'old'), size: 1 }, { ...role('1', 'new'), size: 2 }, 20)).toBe(
      'size: 1 → 2, +1',
    );
  });

  it('shows the paths for entries without highlights', () => {
    const item = { changedPaths: ['/cpu', '/serviceTypes/0/taskCount'], highlights: [], changeCount: 7 };
    expect(summarizeChanges(item)).toBe('cpu, serviceTypes[0].taskCount, +5');
    expect(summarizeChanges({ changedPaths: [], highlights: [], changeCount: 7 })).toBe('7 changes');
  });

  it('shows the end of a long path from the beginning of a key', () => {
    const state = (cpu: number) => ({ ['x'.repeat(60)]: { middle: { ['y'.repeat(30)]: { cpu } } } });
    expect(summaryOf(state(1), state(2))).toBe(`….middle.${'y'.repeat(30)}.cpu: 1 → 2`);
  });

  it('summarizes elements with indexes of several digits', () => {
    const element = (index: number, op: 'remove' | 'add') => ({ path: `/groups/${index}`, op, after: 'x' });
    const highlights = [element(10, 'remove'), element(110, 'add')];
    const item = { changedPaths: highlights.map(({ path }) => path), highlights, changeCount: 2 };
    expect(summarizeChanges(item)).toBe('groups: 1 replaced');
  });

  it('returns an empty string if nothing changed', () => {
    expect(compareStates(undefined, { a: 1 })).toEqual([]);
    expect(compareStates({ a: 1 }, undefined)).toEqual([]);
    expect(summaryOf({ a: 1 }, { a: 1 })).toBe('');
  });
});

describe('describeChanges', () => {
  it('shortens nothing and adds only ASCII characters', () => {
    const state = (value: string) => ({ [`a${'b'.repeat(50)}`]: `arn:aws:iam::1:role/${value}` });
    expect(describeChanges(outlineChanges(compareStates(state('a'), state('b'))))).toBe(
      `a${'b'.repeat(50)}: arn:aws:iam::1:role/a -> arn:aws:iam::1:role/b`,
    );
  });

  it('lists every added and removed element, and the paths without values', () => {
    const before = { ingress: ['10.0.0.0/16', '10.1.0.0/16', 'a', 'b'], command: 'x'.repeat(99), note: 1 };
    const after = { ingress: ['0.0.0.0/0', '10.0.0.0/16', 'b'], command: 'y', note: 2 };
    expect(describeChanges(outlineChanges(compareStates(before, after)))).toBe(
      'ingress: added "0.0.0.0/0", ingress: removed "10.1.0.0/16", ingress: removed a, note changed, command changed',
    );
  });

  it('returns the number of changes if none is recorded, and an empty string if there is none', () => {
    const none = { changedPaths: [], highlights: [] };
    expect(describeChanges({ ...none, changeCount: 3 })).toBe('3 changes');
    expect(describeChanges({ ...none, changeCount: 0 })).toBe('');
  });
});
