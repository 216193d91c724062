import { describe, expect, it } from 'vitest';
import { defaultRoleMap, findGrant, roleMapSchema } from '../../../core/access/role-map.ts';

const messagesOf = (roleMap: unknown) =>
  roleMapSchema.safeParse(roleMap).error?.issues.map(({ message }) => message) ?? [];

describe('roleMapSchema', () => {
  it('accepts the default role map, and grants of other services', () => {
    expect(messagesOf(defaultRoleMap)).toEqual([]);
    expect(messagesOf({ ['r'.repeat(64)]: ['billing:export', 'environment:*', '*'], Viewer: [] })).toEqual(
      [],
    );
  });

  it.each([
    '',
    '**',
    'service',
    'service:',
    ':update',
    'Service:update',
    'service:update:now',
    'service:up*',
    '-a:b',
  ])('rejects the grant %j', (grant) => {
    expect(messagesOf({ Admin: [grant] })).toContain(
      'must be *, <kind>:* or <kind>:<action>, such as service:update',
    );
  });

  it('rejects a misspelled grant, and names the correct one', () => {
    expect(messagesOf({ Admin: ['servce:update'] })).toEqual([
      'must be service:update, which this value appears to misspell',
    ]);
  });

  it('rejects a grant that is not text, and a role name that is empty or longer than 64 characters', () => {
    expect(messagesOf({ Admin: [1] })).toEqual(['must be a permission']);
    for (const name of ['', 'r'.repeat(65)]) expect(messagesOf({ [name]: [] })).toHaveLength(1);
  });
});

describe('findGrant', () => {
  it('returns the first grant that covers the permission', () => {
    const roleMap = { A: ['resource:*', 'service:update', 'service:*', '*'], B: ['service:update'] };
    const find = (role: string, permission: string) => findGrant(roleMap, role, permission);
    expect(find('A', 'service:update')).toBe('service:update');
    expect(find('A', 'service:delete')).toBe('service:*');
    expect(find('A', 'billing:read')).toBe('*');
    expect(find('B', 'service:updates')).toBeUndefined();
    expect(find('B', 'service:*')).toBeUndefined();
  });
});
