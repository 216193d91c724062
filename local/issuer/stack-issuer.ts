// Creates the local issuer for a stack: the audience comes from its authorizer, the claim names and the role map from
// the environment of its functions.
import {
  defaultIdentityClaims,
  type IdentityClaims,
  identityClaimsSchema,
} from '../../core/access/identity-claims.ts';
import { defaultRoleMap, type RoleMap, roleMapSchema } from '../../core/access/role-map.ts';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { functionKind } from '../cloudformation/kinds/lambda.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { ApiDefinition } from '../http-api/load-api.ts';
import { type GatewayAddress, localIssuerUrl } from '../shared/environment.ts';
import { createIssuer, type LocalIssuer } from './issuer.ts';

/** Client id of the dashboard in config/local.json. */
const localClientId = 'request-logs-dashboard';

export function createStackIssuer(
  stack: Stack,
  api: ApiDefinition | undefined,
  gateway: GatewayAddress,
  dataDir: string,
): Promise<LocalIssuer> {
  const url = localIssuerUrl(gateway);
  const authorizer = api?.routes.find((route) => route.authorizer?.issuer === url)?.authorizer;
  return createIssuer({
    url,
    audience: authorizer?.audience[0] ?? 'request-logs',
    clientId: localClientId,
    claimNames: readClaimNames(stack),
    roleMap: roleMapOf(stack),
    dataDir,
  });
}

function readClaimNames(stack: Stack): IdentityClaims {
  const names = findVariable(stack, environmentNames.identityClaims);
  return names === undefined ? defaultIdentityClaims : identityClaimsSchema.parse(JSON.parse(names));
}

function roleMapOf(stack: Stack): RoleMap {
  const roleMap = findVariable(stack, environmentNames.roleMap);
  return roleMap === undefined ? defaultRoleMap : roleMapSchema.parse(JSON.parse(roleMap));
}

/** The value of the variable in the first function that has it. */
function findVariable(stack: Stack, name: string): string | undefined {
  return stack
    .resources(functionKind)
    .map(({ properties }) => properties.Environment?.Variables?.[name])
    .find((value) => typeof value === 'string');
}
