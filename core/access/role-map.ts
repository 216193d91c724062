// Roles and what they grant. MayaOps names no fixed roles, so the map is configuration; this is its form and
// the one place where a permission is matched against it.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod/mini';
import { suggestGrant } from './misspelled-grant.ts';

const grant = z.string('must be a permission').check(
  z.regex(
    /^(\*|[a-z][a-z-]*:(\*|[a-z][a-z-]*))$/,
    'must be *, <kind>:* or <kind>:<action>, such as service:update',
  ),
  z.refine((given) => suggestGrant(given) === undefined, {
    error: ({ input }) => `must be ${suggestGrant(String(input))}, which it seems to misspell`,
  }),
);

/** Role name to grants: `*`, `<kind>:*` or `<kind>:<action>`. */
export const roleMapSchema = z.record(z.string().check(z.minLength(1), z.maxLength(64)), z.array(grant));

export type RoleMap = z.infer<typeof roleMapSchema>;

export const defaultRoleMap: RoleMap = {
  Admin: ['*'],
  Operator: ['service:*', 'resource:*', 'request-logs:read'],
  Developer: ['service:*', 'resource:create', 'resource:update', 'request-logs:read'],
  Deployer: ['service:create', 'service:update', 'resource:update'],
  Auditor: ['request-logs:read', 'request-logs:export'],
  Viewer: [],
};

/** Whether the map knows the role; names such as `constructor` are not roles. */
export function isKnownRole(roleMap: RoleMap, role: string): boolean {
  return Object.hasOwn(roleMap, role);
}

/** The grant of the role that covers the permission, or `undefined` when none does. */
export function findGrant(roleMap: RoleMap, role: string, permission: string): string | undefined {
  if (!isKnownRole(roleMap, role)) return undefined;
  const [kind] = permission.split(':');
  return roleMap[role]?.find(
    (granted) => granted === '*' || granted === `${kind}:*` || granted === permission,
  );
}

/** The versions of maps that were asked for; a map is not changed once it is read. */
const versions = new WeakMap<RoleMap, string>();

/** A short name for this very map, kept with each verdict: 12 hex digits of its canonical form's SHA-256. */
export function roleMapVersion(roleMap: RoleMap): string {
  const known = versions.get(roleMap);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(canonicalize(roleMap) ?? '');
  const version = hash.digest('hex').slice(0, 12);
  versions.set(roleMap, version);
  return version;
}
