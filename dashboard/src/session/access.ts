// Reads the user's access from the token claims, for display only. The API enforces access.
import { readAccountLimit } from '../../../core/access/account-limit.ts';

export interface Access {
  readonly role?: string | undefined;
  readonly organization?: string | undefined;
  /** The AWS accounts that the user is limited to. `undefined` if the token does not limit them. */
  readonly accounts?: readonly string[] | undefined;
}

/** Reads the claims by their default names (`identity.claims` in the configuration). Omits missing ones. */
export function readAccess(claims: Readonly<Record<string, unknown>>): Access {
  const { role, organization, accounts } = claims;
  return {
    ...(typeof role === 'string' && { role }),
    ...(typeof organization === 'string' && { organization }),
    ...(accounts !== undefined && { accounts: readAccountLimit(String(accounts)) }),
  };
}

/** For example `Operator in acme, AWS account 123456789012 only`. Empty if the token has no such claims. */
export function describeAccess({ role, organization, accounts }: Access): string {
  const who = [role, organization && `in ${organization}`].filter(Boolean).join(' ');
  return [who, accounts && describeAccounts(accounts)].filter(Boolean).join(', ');
}

/** Accounts that are listed by number. More are only counted. */
const maxListedAccounts = 3;

/** For example `You see only the entries of AWS account 123456789012.` */
export function describeAccountLimit(accounts: readonly string[]): string {
  if (accounts.length === 0) return 'You do not have access to any AWS account, so no entries are shown.';
  if (accounts.length > maxListedAccounts)
    return `You see only the entries of the ${accounts.length} AWS accounts that you have access to.`;
  return `You see only the entries of AWS account${accounts.length === 1 ? '' : 's'} ${accounts.join(', ')}.`;
}

/** For example `AWS account 123456789012 only`. */
export function describeAccounts(accounts: readonly string[]): string {
  if (accounts.length === 0) return 'no AWS account';
  return `AWS account${accounts.length === 1 ? '' : 's'} ${accounts.join(', ')} only`;
}
