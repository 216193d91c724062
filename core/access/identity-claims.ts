// The names of the token claims that describe a caller. Apart from caller.ts, so that the function that sets the claims
// contains no role map.
import * as z from 'zod/mini';

/** Names of the token claims. A token can omit `accounts`, which means all accounts. The others are required. */
export const identityClaimsSchema = z.strictObject({
  user: z.string().check(z.minLength(1)),
  organization: z.string().check(z.minLength(1)),
  role: z.string().check(z.minLength(1)),
  accounts: z.string().check(z.minLength(1)),
});

export type IdentityClaims = z.infer<typeof identityClaimsSchema>;

/** The claim names that apply unless the settings define others. */
export const defaultIdentityClaims: IdentityClaims = {
  user: 'sub',
  organization: 'organization',
  role: 'role',
  accounts: 'accounts',
};
