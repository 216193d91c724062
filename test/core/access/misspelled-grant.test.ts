import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestGrant } from '../../../core/access/misspelled-grant.ts';
import { defaultRoleMap } from '../../../core/access/role-map.ts';

/** The number of missing, extra, wrong or swapped letters between two words, by definition. */
function typosBetween(one: string, other: string): number {
  const costs: number[][] = [];
  const costAt = (row: number, column: number) => costs[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 0; row <= one.length; row++) {
    costs[row] = [];
    for (let column = 0; column <= other.length; column++) {
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const cost = Math.min(
        costAt(row - 1, column) + 1,
        costAt(row, column - 1) + 1,
        costAt(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1),
        row > 1 && column > 1 && isSwap ? costAt(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      (costs[row] as number[])[column] = row === 0 && column === 0 ? 0 : cost;
    }
  }
  return costAt(one.length, other.length);
}

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
  readonly isSwap: boolean;
}

/** Any changes of a word, of which many are typos. */
const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    at: fc.nat(12),
    remove: fc.nat(1),
    insert: fc.constantFrom('', 'e', 'r', 's', 'u'),
    isSwap: fc.boolean(),
  }),
  { minLength: 1, maxLength: 2 },
);

function edit(word: string, { at, remove, insert, isSwap }: Edit): string {
  const start = at % word.length;
  const pair = word.slice(start, start + 2);
  if (isSwap) return word.slice(0, start) + [...pair].reverse().join('') + word.slice(start + 2);
  return word.slice(0, start) + insert + word.slice(start + remove);
}

describe('suggestGrant', () => {
  it('corrects one typo in the kind and one in the action, and nothing else', () => {
    const words = { kinds: ['service', 'resource', 'request-logs'], actions: ['create', 'update', 'delete'] };
    fc.assert(
      fc.property(fc.constantFrom(...words.kinds), edits, fc.boolean(), (kind, changes, isAction) => {
        const known = isAction ? words.actions : words.kinds;
        const correct = isAction ? 'update' : kind;
        const written = changes.reduce(edit, correct);
        fc.pre(written !== '' && !known.includes(written));
        const meant = known.find((word) => typosBetween(written, word) === 1);
        const [grant, suggested] = isAction
          ? [`service:${written}`, `service:${meant}`]
          : [`${written}:*`, `${meant}:*`];
        expect(suggestGrant(grant)).toBe(meant === undefined ? undefined : suggested);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['resorce:update', 'resource:update'],
    ['services:*', 'service:*'],
    ['serivce:create', 'service:create'],
    ['resource:updat', 'resource:update'],
    ['resource:upbate', 'resource:update'],
    ['request-log:reed', 'request-logs:read'],
  ])('suggests for %s the permission %s', (grant, meant) => {
    expect(suggestGrant(grant)).toBe(meant);
  });

  it.each([
    ...new Set(Object.values(defaultRoleMap).flat()),
    'environment:create',
    'environment:updat',
    'service:restart',
    'service:read',
    'pipeline:*',
    'billing:export',
  ])('suggests nothing for %s', (grant) => {
    expect(suggestGrant(grant)).toBeUndefined();
  });
});
