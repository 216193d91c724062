// What the sign-in says of somebody's access. It is only shown: the API reads the token, and that decides.
import { readAccountLimit } from '../../../core/access/account-limit.ts';

export interface Access {
  readonly role?: string | undefined;
  readonly organization?: string | undefined;
  /** The AWS accounts they are limited to; `undefined` when there is no limit. */
  readonly accounts?: readonly string[] | undefined;
}

/** Reads the claims under their usual names (`identity.claims` in config); what is not there is left out. */
export function readAccess(claims: Readonly<Record<string, unknown>>): Access {
  const { role, organization, accounts } = claims;
  return {
    ...(typeof role === 'string' && { role }),
    ...(typeof organization === 'string' && { organization }),
    ...(accounts !== undefined && { accounts: readAccountLimit(String(accounts)) }),
  };
}

/** Such as `Operator in acme, AWS account 123456789012 only`; empty when nothing is known. */
export function describeAccess({ role, organization, accounts }: Access): string {
  const who = [role, organization && `in ${organization}`].filter(Boolean).join(' ');
  return [who, accounts && describeAccounts(accounts)].filter(Boolean).join(', ');
}

/** Such as `AWS account 123456789012 only`. */
export function describeAccounts(accounts: readonly string[]): string {
  if (accounts.length === 0) return 'no AWS account';
  return `AWS account${accounts.length === 1 ? '' : 's'} ${accounts.join(', ')} only`;
}
