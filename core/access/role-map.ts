// Defines the role map, which is configuration because MayaOps has no fixed roles. This is the only file that matches a
// permission against the map.

import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../values/canonical-json.ts';
import { suggestGrant } from './misspelled-grant.ts';

const grant = z.string('must be a permission').check(
  z.regex(
    /^(\*|[a-z][a-z-]*:(\*|[a-z][a-z-]*))$/,
    'must be *, <kind>:* or <kind>:<action>, such as service:update',
  ),
  z.refine((given) => suggestGrant(given) === undefined, {
    error: ({ input }) => `must be ${suggestGrant(String(input))}, which this value appears to misspell`,
  }),
);

/** Maps each role name to its grants: `*`, `<kind>:*` or `<kind>:<action>`. */
export const roleMapSchema = z.record(z.string().check(z.minLength(1), z.maxLength(64)), z.array(grant));

export type RoleMap = z.infer<typeof roleMapSchema>;

/** The role map that applies unless the settings define another. */
export const defaultRoleMap: RoleMap = {
  Admin: ['*'],
  Operator: ['service:*', 'resource:*', 'request-logs:read'],
  Developer: ['service:*', 'resource:create', 'resource:update', 'request-logs:read'],
  Deployer: ['service:create', 'service:update', 'resource:update'],
  Auditor: ['request-logs:read', 'request-logs:export'],
  Viewer: [],
};

/** Whether the map defines the role. Inherited property names such as `constructor` are not roles. */
export function hasRole(roleMap: RoleMap, role: string): boolean {
  return Object.hasOwn(roleMap, role);
}

/** Returns the role's grant that covers the permission, or `undefined` when none does. */
export function findGrant(roleMap: RoleMap, role: string, permission: string): string | undefined {
  if (!hasRole(roleMap, role)) return undefined;
  const [kind] = permission.split(':');
  return roleMap[role]?.find(
    (granted) => granted === '*' || granted === `${kind}:*` || granted === permission,
  );
}

/** Cached versions. A role map does not change after it is loaded. */
const versions = new WeakMap<RoleMap, string>();

/** Returns the map's version, which is stored with each verdict: 12 hex digits of the SHA-256 of its canonical form. */
export function roleMapVersion(roleMap: RoleMap): string {
  const cached = versions.get(roleMap);
  if (cached !== undefined) return cached;
  const hash = createHash('sha256').update(canonicalJson(roleMap));
  const version = hash.digest('hex').slice(0, 12);
  versions.set(roleMap, version);
  return version;
}
