// The JWT authorizer of an HTTP API: verifies the token of a request as API Gateway does.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { LocalStackError } from '../shared/errors.ts';

export interface AuthorizerSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly identitySource: readonly string[];
}

export type Authorization =
  | { readonly claims: JWTPayload; readonly scopes: readonly string[] | null }
  /** 401, with the reason for the `www-authenticate` header. */
  | { readonly unauthorized: string }
  /** 403: the token is valid but lacks the scopes of the route. */
  | { readonly forbidden: string };

/** API Gateway accepts RSA signatures only. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/**
 * Creates the authorizer. `localKeys` are the keys of the local issuer. The keys of any other issuer are loaded by OIDC
 * discovery on the first request.
 */
export function createJwtAuthorizer(
  settings: AuthorizerSettings,
  localKeys: JWTVerifyGetKey | undefined,
): (headers: Readonly<Record<string, string>>, requiredScopes: readonly string[]) => Promise<Authorization> {
  const header = headerName(settings.identitySource);
  let keys = localKeys && Promise.resolve(localKeys);
  return async (headers, requiredScopes) => {
    const token = headers[header]?.replace(/^bearer\s+/i, '').trim();
    if (!token) return { unauthorized: '' };
    keys ??= discoverKeys(settings.issuer).catch((error) => {
      keys = undefined;
      throw error;
    });
    try {
      const { payload } = await jwtVerify(token, await keys, {
        algorithms,
        issuer: settings.issuer,
        requiredClaims: ['exp'],
      });
      const problem = checkTimes(payload) ?? checkAudience(payload, settings.audience);
      return problem === undefined ? checkScopes(payload, requiredScopes) : { unauthorized: problem };
    } catch (error) {
      if (error instanceof errors.JOSEError) return { unauthorized: error.message };
      throw error;
    }
  };
}

/** jose checks `nbf`. API Gateway also rejects tokens that were issued in the future. */
function checkTimes({ iat }: JWTPayload): string | undefined {
  if (iat === undefined || iat <= Date.now() / 1000 + 1) return undefined;
  return 'the token was issued in the future';
}

/** `client_id` is only checked in a token without `aud`. */
function checkAudience(payload: JWTPayload, audience: readonly string[]): string | undefined {
  const given = payload.aud ?? payload.client_id;
  const values = Array.isArray(given) ? given : [given];
  return values.some((value) => audience.includes(value))
    ? undefined
    : 'the token does not have a valid audience';
}

function checkScopes(claims: JWTPayload, required: readonly string[]): Authorization {
  const given = claims.scope ?? claims.scp;
  const scopes = typeof given === 'string' ? given.split(' ') : Array.isArray(given) ? given.map(String) : [];
  if (required.length === 0) return { claims, scopes: null };
  return required.some((scope) => scopes.includes(scope))
    ? { claims, scopes }
    : { forbidden: 'insufficient_scope' };
}

function headerName(identitySource: readonly string[]): string {
  const name = /^\$request\.header\.([A-Za-z0-9-]+)$/.exec(identitySource[0] ?? '')?.[1];
  if (name !== undefined && identitySource.length === 1) return name.toLowerCase();
  throw new LocalStackError(
    `the authorizer reads its token from ${identitySource.join(', ')}; the local stack supports $request.header.<name>`,
  );
}

const discoverySchema = z.looseObject({ jwks_uri: z.string() });

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri } = discoverySchema.parse(await response.json());
  return createRemoteJWKSet(new URL(jwks_uri));
}
