// Cognito's pre-token trigger, version 2: copies the attributes that say what a user may see into the access
// token. Users cannot write these attributes; it decides nothing by itself.
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { identityClaimsSchema } from '../core/access/caller.ts';
import { environmentNames } from '../core/deployment/environment-names.ts';

const claims = identityClaimsSchema.parse(JSON.parse(process.env[environmentNames.identityClaims] ?? 'null'));

/**
 * Adds the claims of organisation, role and accounts. A user without an attribute gets no such claim: without
 * organisation or role the query functions refuse them, without accounts they see all of the organisation's.
 */
export async function handler(
  event: PreTokenGenerationV2TriggerEvent,
): Promise<PreTokenGenerationV2TriggerEvent> {
  const { userAttributes } = event.request;
  const claimsToAddOrOverride: Record<string, string> = {};
  for (const attribute of ['organization', 'role', 'accounts'] as const) {
    const value = userAttributes[`custom:${attribute}`];
    if (value !== undefined) claimsToAddOrOverride[claims[attribute]] = value;
  }
  event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride } } };
  return event;
}
