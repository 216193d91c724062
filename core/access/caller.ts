// The caller of a query, read from verified token claims. The organization and the account limit come from here
// and from nowhere else.
import { organizationIdSchema } from '../contract/identifiers.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { readAccountLimit } from './account-limit.ts';
import type { IdentityClaims } from './identity-claims.ts';
import { findGrant, type RoleMap } from './role-map.ts';

/** Who sends a query, and which data they are allowed to see. */
export interface Caller {
  readonly userId: string;
  readonly organizationId: string;
  readonly role: string;
  /** The AWS accounts that the caller can see; `undefined` means all of the organization's, empty means none. */
  readonly accounts: readonly string[] | undefined;
}

/** Whether the caller can see entries of this account. */
export function canSeeAccount(caller: Caller, accountId: string): boolean {
  return caller.accounts === undefined || caller.accounts.includes(accountId);
}

/**
 * Returns the caller that the claims describe. API Gateway passes every claim as a string, and a list as `[a b]`.
 * Without the accounts claim the caller sees every account, so a Cognito user pool's trigger always sets it. Fails
 * with FORBIDDEN when the user, organization or role is missing, or the organization is malformed.
 */
export function readCaller(claims: Readonly<Record<string, unknown>>, names: IdentityClaims): Caller {
  const organizationId = readClaim(claims, names.organization);
  if (!organizationIdSchema.safeParse(organizationId).success) {
    throw new RequestLogsError(
      errorCodes.forbidden,
      `the token's claim ${names.organization} must be an organization ID`,
    );
  }
  const accounts = Object.hasOwn(claims, names.accounts) ? String(claims[names.accounts]) : undefined;
  return {
    userId: readClaim(claims, names.user),
    organizationId,
    role: readClaim(claims, names.role),
    accounts: accounts === undefined ? undefined : readAccountLimit(accounts),
  };
}

function readClaim(claims: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new RequestLogsError(errorCodes.forbidden, `the token has no claim ${name}`);
}

/** Fails with FORBIDDEN if the caller is limited to AWS accounts. The sizes and indexes of a log are counts. */
export function requireAllAccounts(caller: Caller): void {
  if (caller.accounts === undefined) return;
  const message = 'this request is not available to callers who are limited to AWS accounts';
  throw new RequestLogsError(errorCodes.forbidden, message);
}

/** Fails with FORBIDDEN, naming the permission, unless the caller's role grants it. */
export function requirePermission(caller: Caller, roleMap: RoleMap, permission: string): void {
  if (findGrant(roleMap, caller.role, permission) === undefined) {
    throw new RequestLogsError(
      errorCodes.forbidden,
      `this request needs permission ${permission}, which role ${caller.role} does not grant`,
      { field: permission },
    );
  }
}
