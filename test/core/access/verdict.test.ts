import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findGrant, hasRole, roleMapVersion } from '../../../core/access/role-map.ts';
import { deriveVerdict } from '../../../core/access/verdict.ts';

const roleMap = {
  Admin: ['*'],
  Operator: ['service:*', 'resource:update'],
  Viewer: [],
};
const attempt = {
  kind: 'RESOURCE',
  action: 'UPDATE',
  role: 'Operator',
  permission: 'resource:update',
  decision: 'ALLOWED',
} as const;

describe('deriveVerdict', () => {
  it.each([
    ['an exact grant', {}, { verdict: 'PERMITTED', grant: 'resource:update' }],
    ['a grant of everything', { role: 'Admin' }, { verdict: 'PERMITTED', grant: '*' }],
    [
      'a grant of the kind',
      { kind: 'SERVICE', permission: 'service:update' },
      { verdict: 'PERMITTED', grant: 'service:*' },
    ],
    ['no grant of the action', { action: 'DELETE', permission: 'resource:delete' }, { verdict: 'VIOLATION' }],
    ['no grant at all', { role: 'Viewer' }, { verdict: 'VIOLATION' }],
    [
      'a grant, but another permission is reported',
      { permission: 'resource:read' },
      { verdict: 'VIOLATION', grant: 'resource:update' },
    ],
    [
      'a permission that the role has is reported, but the action needs another',
      { action: 'DELETE' },
      { verdict: 'VIOLATION' },
    ],
    ['an unknown role', { role: 'Contractor' }, { verdict: 'UNKNOWN_ROLE' }],
    ['a role with the name of an inherited property', { role: 'constructor' }, { verdict: 'UNKNOWN_ROLE' }],
    [
      'a denied attempt with a grant',
      { decision: 'DENIED' },
      { verdict: 'DENIED', grant: 'resource:update' },
    ],
    ['a denied attempt without a grant', { decision: 'DENIED', role: 'Viewer' }, { verdict: 'DENIED' }],
    ['a denied attempt under an unknown role', { decision: 'DENIED', role: 'Nobody' }, { verdict: 'DENIED' }],
  ] as const)('decides on %s', (_, change, expected) => {
    expect(deriveVerdict(roleMap, { ...attempt, ...change })).toStrictEqual(expected);
  });
});

describe('the role map', () => {
  it('has only its own roles', () => {
    expect([hasRole(roleMap, 'Viewer'), hasRole(roleMap, 'toString')]).toEqual([true, false]);
    expect(findGrant(roleMap, 'toString', 'service:create')).toBeUndefined();
  });

  it('has one version whatever the order of its roles, and another for each other map', () => {
    const names = fc.constantFrom('Admin', 'Operator', 'Viewer', 'Developer', 'Auditor');
    const grants = fc.array(fc.constantFrom('*', 'service:*', 'resource:update'), { maxLength: 2 });
    const maps = fc.dictionary(names, grants);
    fc.assert(
      fc.property(maps, maps, (one, other) => {
        const reordered = Object.fromEntries(Object.entries(one).reverse());
        expect(roleMapVersion(reordered)).toBe(roleMapVersion(one));
        expect(roleMapVersion(one)).toMatch(/^[0-9a-f]{12}$/);
        const entriesOf = (map: object) => JSON.stringify(Object.entries(map).sort());
        if (entriesOf(one) !== entriesOf(other)) expect(roleMapVersion(one)).not.toBe(roleMapVersion(other));
      }),
    );
  });
});
