// Loads the HTTP API of the template: its stage and its routes with their functions and authorizers.
import {
  apiKind,
  authorizerKind,
  integrationKind,
  routeKind,
  stageKind,
} from '../cloudformation/kinds/api-gateway.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';
import type { AuthorizerSettings } from './authorizer.ts';
import type { CorsConfiguration } from './cors.ts';

export interface ApiRoute {
  readonly routeKey: string;
  readonly functionArn: string;
  readonly timeoutMillis: number;
  readonly authorizer: AuthorizerSettings | undefined;
  readonly scopes: readonly string[];
}

export interface ApiDefinition {
  readonly apiId: string;
  readonly stage: string;
  readonly accessLog: { readonly format: string; readonly name: string } | undefined;
  readonly cors: CorsConfiguration | undefined;
  readonly routes: readonly ApiRoute[];
}

/** Maximum integration timeout of HTTP APIs. */
const maxIntegrationTimeoutMillis = 30_000;

/**
 * Returns `undefined` when the stack has no API. Fails with LocalStackError when it has several, or a route has no
 * function.
 */
export function loadApi(stack: Stack): ApiDefinition | undefined {
  const [api, ...more] = stack.resources(apiKind);
  if (api === undefined) return undefined;
  if (more.length > 0)
    throw new LocalStackError('the local stack runs one HTTP API; the template has several');
  const stages = stack.resources(stageKind);
  const stage = stages[0];
  if (stage === undefined || stages.length > 1) {
    throw new LocalStackError(`the HTTP API needs one stage; the template has ${stages.length}`);
  }
  const settings = stage.properties.AccessLogSettings;
  return {
    apiId: api.ref,
    stage: stage.properties.StageName,
    accessLog: settings && {
      format: settings.Format,
      name:
        settings.DestinationArn.split(':log-group:')[1]?.replace(/:\*$/, '').split('/').at(-1) ?? 'access',
    },
    cors: api.properties.CorsConfiguration,
    routes: stack.resources(routeKind).map((route) => loadRoute(stack, route)),
  };
}

function loadRoute(stack: Stack, route: ReturnType<typeof routesOf>[number]): ApiRoute {
  const { RouteKey, Target, AuthorizationType, AuthorizerId, AuthorizationScopes } = route.properties;
  const integration = stack.resources(integrationKind).find(({ ref }) => Target === `integrations/${ref}`);
  const functionArn = /arn:aws:lambda:[^/]+/.exec(integration?.properties.IntegrationUri ?? '')?.[0];
  if (functionArn === undefined) throw new LocalStackError(`route ${RouteKey} has no function`);
  const authorizer = stack.resources(authorizerKind).find(({ ref }) => ref === AuthorizerId);
  if (AuthorizationType === 'JWT' && authorizer === undefined) {
    throw new LocalStackError(`route ${RouteKey} has no authorizer`);
  }
  const jwt = authorizer?.properties;
  return {
    routeKey: RouteKey,
    functionArn,
    timeoutMillis: integration?.properties.TimeoutInMillis ?? maxIntegrationTimeoutMillis,
    authorizer:
      AuthorizationType === 'JWT' && jwt
        ? {
            issuer: jwt.JwtConfiguration.Issuer,
            audience: jwt.JwtConfiguration.Audience,
            identitySource: jwt.IdentitySource,
          }
        : undefined,
    scopes: AuthorizationScopes ?? [],
  };
}

function routesOf(stack: Stack) {
  return stack.resources(routeKind);
}
