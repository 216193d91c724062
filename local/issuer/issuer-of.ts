// The local issuer as the synthesized stack expects it: audience from its authorizer, claim names from its
// functions' environment.
import { defaultIdentityClaims, type IdentityClaims, identityClaimsSchema } from '../../core/caller.ts';
import { environmentNames } from '../../core/environment.ts';
import { functionKind } from '../cloudformation/kinds/lambda.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { type FrontAddress, localIssuerUrl } from '../environment.ts';
import type { ApiDefinition } from '../http-api/load-api.ts';
import { createIssuer, type LocalIssuer } from './issuer.ts';

export function issuerOf(
  stack: Stack,
  api: ApiDefinition | undefined,
  front: FrontAddress,
  dataDir: string,
): Promise<LocalIssuer> {
  const url = localIssuerUrl(front);
  const authorizer = api?.routes.find((route) => route.authorizer?.issuer === url)?.authorizer;
  return createIssuer({
    url,
    audience: authorizer?.audience[0] ?? 'request-logs',
    claimNames: claimNamesOf(stack),
    dataDir,
  });
}

function claimNamesOf(stack: Stack): IdentityClaims {
  for (const { properties } of stack.resources(functionKind)) {
    const names = properties.Environment?.Variables?.[environmentNames.identityClaims];
    if (typeof names === 'string') return identityClaimsSchema.parse(JSON.parse(names));
  }
  return defaultIdentityClaims;
}
