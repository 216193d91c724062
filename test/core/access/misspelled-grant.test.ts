import { describe, expect, it } from 'vitest';
import { suggestGrant } from '../../../core/access/misspelled-grant.ts';
import { defaultRoleMap } from '../../../core/access/role-map.ts';

describe('suggestGrant', () => {
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
