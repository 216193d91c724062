// What the sign-in says of somebody's access. It is only shown: the API reads the token, and that decides.

export interface Access {
  readonly role?: string | undefined;
  readonly organization?: string | undefined;
  /** The AWS accounts they are limited to; `undefined` when the sign-in names none. */
  readonly accounts?: readonly string[] | undefined;
}

/** Reads the claims under their usual names (`identity.claims` in config); what is not there is left out. */
export function readAccess(claims: Readonly<Record<string, unknown>>): Access {
  const { role, organization, accounts } = claims;
  return {
    ...(typeof role === 'string' && { role }),
    ...(typeof organization === 'string' && { organization }),
    ...(accounts !== undefined && { accounts: readAccounts(accounts) }),
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

/** A list, or its values with spaces or commas between them, in brackets or not: as tokens carry them. */
function readAccounts(claim: unknown): string[] {
  const accounts = String(claim)
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/[\s,]+/);
  return [...new Set(accounts)].filter((account) => account !== '');
}
