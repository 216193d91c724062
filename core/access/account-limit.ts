// Reads the token claim that limits a caller to AWS accounts. The API and the page read it the same way.

/** The claim value that grants every account of the organization. */
export const allAccounts = '*';

/**
 * The claim value that grants no account. It says the same as an empty claim, for token issuers that might drop an
 * empty one.
 */
export const noAccounts = 'none';

/**
 * The accounts that a claim names, each once; `undefined` for `*`, which means no limit. Accounts are separated by
 * spaces or commas, optionally in brackets, as API Gateway passes lists on. `*` counts only on its own: next to an
 * account it grants nothing.
 */
export function readAccountLimit(claim: string): string[] | undefined {
  const names = new Set(claim.replace(/^\[(.*)\]$/s, '$1').split(/[\s,]+/));
  names.delete('');
  if (names.size === 1 && names.has(allAccounts)) return undefined;
  names.delete(allAccounts);
  names.delete(noAccounts);
  return [...names];
}
