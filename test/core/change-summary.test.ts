import { describe, expect, it } from 'vitest';
import { outlineChanges } from '../../core/change-outline.ts';
import { summarizeChanges } from '../../core/change-summary.ts';
import { listChanges } from '../../core/changes.ts';
import type { JsonObject } from '../../core/json.ts';
import { readSample } from '../support/fixtures.ts';

const summaryOf = (before: JsonObject, after: JsonObject, maxLength?: number) =>
  summarizeChanges(outlineChanges(listChanges(before, after)), maxLength);

describe('summarizeChanges', () => {
  it('tells the most telling change and how many more there are', () => {
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
    ['an element that came', { list: ['a'] }, { list: ['a', 'b'] }, 'list: added b'],
    ['an element that left', { list: [{ id: 1 }] }, { list: [] }, 'list: removed {"id":1}'],
    ['a field that came', {}, { min: 4 }, 'min: added 4'],
    ['an empty text', { name: '' }, { name: 'true' }, 'name: "" → "true"'],
    ['a number and a text of it', { size: 1 }, { size: '1' }, 'size: 1 → "1"'],
    [
      'a deep place',
      { [`a${'b'.repeat(40)}`]: { cpu: 1 } },
      { [`a${'b'.repeat(40)}`]: { cpu: 2 } },
      '….cpu: 1 → 2',
    ],
  ])('tells %s', (_case, before, after, summary) => {
    expect(summaryOf(before, after)).toBe(summary);
  });

  it('names the places in entries that kept no values', () => {
    const item = { changedPaths: ['/cpu', '/serviceTypes/0/taskCount'], highlights: [], changeCount: 7 };
    expect(summarizeChanges(item)).toBe('cpu, serviceTypes[0].taskCount, +5');
    expect(summarizeChanges({ changedPaths: [], highlights: [], changeCount: 7 })).toBe('7 changes');
  });

  it('says nothing where nothing changed', () => {
    expect(summaryOf({ a: 1 }, { a: 1 })).toBe('');
  });
});
