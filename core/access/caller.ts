// Who asks: the caller of a query, read from verified token claims. The tenant and the account limit come
// from here and from nowhere else.
import * as z from 'zod/mini';
import { organizationIdSchema } from '../contract/identifiers.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { findGrant, type RoleMap } from './role-map.ts';

/** Names of the token claims. `accounts` may be absent from a token; the others may not. */
export const identityClaimsSchema = z.strictObject({
  user: z.string().check(z.minLength(1)),
  organization: z.string().check(z.minLength(1)),
  role: z.string().check(z.minLength(1)),
  accounts: z.string().check(z.minLength(1)),
});

export type IdentityClaims = z.infer<typeof identityClaimsSchema>;

export const defaultIdentityClaims: IdentityClaims = {
  user: 'sub',
  organization: 'organization',
  role: 'role',
  accounts: 'accounts',
};

export interface Caller {
  readonly userId: string;
  readonly organizationId: string;
  readonly role: string;
  /** The AWS accounts the caller may see; `undefined` means all of the organisation's, empty means none. */
  readonly accounts: readonly string[] | undefined;
}

/** Whether the caller may see entries of this account. */
export function canSeeAccount(caller: Caller, accountId: string): boolean {
  return caller.accounts === undefined || caller.accounts.includes(accountId);
}

/**
 * The caller that the claims describe. API Gateway hands every claim over as a string; a list arrives as
 * `[a b]`. Fails with FORBIDDEN when the organisation or role is missing or malformed.
 */
export function readCaller(claims: Readonly<Record<string, unknown>>, names: IdentityClaims): Caller {
  const organizationId = readClaim(claims, names.organization);
  if (!organizationIdSchema.safeParse(organizationId).success) {
    throw new RequestLogsError(
      errorCodes.forbidden,
      `the token's claim ${names.organization} must be an organisation id`,
    );
  }
  const accounts = Object.hasOwn(claims, names.accounts) ? String(claims[names.accounts]) : undefined;
  return {
    userId: readClaim(claims, names.user),
    organizationId,
    role: readClaim(claims, names.role),
    accounts: accounts === undefined ? undefined : readAccounts(accounts),
  };
}

/** Each account once: one that is named twice would have its entries read twice. */
function readAccounts(claim: string): string[] {
  const accounts = claim.replace(/^\[(.*)\]$/s, '$1').split(/[\s,]+/);
  return [...new Set(accounts)].filter((account) => account !== '');
}

function readClaim(claims: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new RequestLogsError(errorCodes.forbidden, `the token has no claim ${name}`);
}

/** Fails with FORBIDDEN, naming the permission, unless the caller's role grants it. */
export function requirePermission(caller: Caller, roleMap: RoleMap, permission: string): void {
  if (findGrant(roleMap, caller.role, permission) === undefined) {
    throw new RequestLogsError(
      errorCodes.forbidden,
      `permission ${permission} is needed, and role ${caller.role} does not grant it`,
      { field: permission },
    );
  }
}
