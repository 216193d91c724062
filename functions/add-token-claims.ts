// Cognito's pre token generation trigger, version 2: copies the attributes that define a user's access into the
// access token. Users cannot write these attributes. It makes no access decision.
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { noAccounts } from '../core/access/account-limit.ts';
import { identityClaimsSchema } from '../core/access/identity-claims.ts';
import { environmentNames } from '../core/deployment/environment-names.ts';

const claims = identityClaimsSchema.parse(JSON.parse(process.env[environmentNames.identityClaims] ?? 'null'));

/**
 * Adds the claims for organization, role and accounts. A user without an organization or role gets no such claim, and
 * the query functions reject the token. A user without accounts gets the claim `none` and sees no account: Cognito
 * deletes an attribute that is set to a blank value, so an absent attribute must never grant access to everything.
 */
export async function handler(
  event: PreTokenGenerationV2TriggerEvent,
): Promise<PreTokenGenerationV2TriggerEvent> {
  const { userAttributes } = event.request;
  const claimsToAddOrOverride: Record<string, string> = {};
  for (const attribute of ['organization', 'role'] as const) {
    const value = userAttributes[`custom:${attribute}`];
    if (value !== undefined) claimsToAddOrOverride[claims[attribute]] = value;
  }
  claimsToAddOrOverride[claims.accounts] = userAttributes['custom:accounts']?.trim() || noAccounts;
  event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride } } };
  return event;
}
