// The OIDC issuer of the local stack: discovery, public keys, sign-in as a persona, and tokens. Never deployed.
import { type JWTPayload, type JWTVerifyGetKey, SignJWT } from 'jose';
import type { IdentityClaims } from '../../core/access/identity-claims.ts';
import type { RoleMap } from '../../core/access/role-map.ts';
import type { HttpRequest } from '../http-api/event.ts';
import { gatewayResponse, type HttpResponse } from '../http-api/response.ts';
import { authorize } from './authorize.ts';
import { discoveryDocument, issuerPaths } from './discovery.ts';
import { endSession } from './end-session.ts';
import { createGrants, type Grant } from './grants.ts';
import { viewPersonas } from './persona-view.ts';
import { type Persona, personaClaims, personas } from './personas.ts';
import { loadSigningKey } from './signing-key.ts';
import { handleTokenRequest } from './token-endpoint.ts';

export interface LocalIssuer {
  readonly url: string;
  readonly findKey: JWTVerifyGetKey;
  /**
   * Signs a token for a persona, valid for a day; `claims` adds or replaces claims. `undefined` for an unknown persona.
   */
  token(persona: string, claims?: JWTPayload): Promise<string | undefined>;
  /** Handles a request; `path` is relative to the issuer URL. `undefined` for an unknown path. */
  respond(path: string, request: HttpRequest): Promise<HttpResponse> | undefined;
}

/** Lifetime of tokens from /_local/token: a day, so that a session of manual tests needs one token. */
const tokenSeconds = 24 * 60 * 60;
/** Lifetime of tokens from a sign-in: short enough that the dashboard renews them. */
const accessTokenSeconds = 60 * 60;

export async function createIssuer(options: {
  readonly url: string;
  readonly audience: string;
  /** Client id of the dashboard, the only client. */
  readonly clientId: string;
  readonly claimNames: IdentityClaims;
  readonly roleMap: RoleMap;
  readonly dataDir: string;
}): Promise<LocalIssuer> {
  const { url, audience, clientId, claimNames } = options;
  const key = await loadSigningKey(options.dataDir);
  const grants = createGrants();
  const views = viewPersonas(personas, options.roleMap);

  const sign = (claims: JWTPayload, seconds: number) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: url, iat: now, exp: now + seconds, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: key.keyId, typ: 'JWT' })
      .sign(key.privateKey);
  };

  async function signGrant({ persona: name, scope, authTime, nonce }: Grant) {
    const persona = findPersona(name);
    if (persona === undefined) throw new Error(`persona ${name} no longer exists`);
    const who = { sub: persona.user, ...personaClaims(persona, claimNames) };
    const access = { ...who, aud: audience, client_id: clientId, scope };
    const id = { ...who, aud: clientId, auth_time: authTime, ...(nonce !== undefined && { nonce }) };
    return {
      accessToken: await sign(access, accessTokenSeconds),
      idToken: await sign(id, accessTokenSeconds),
    };
  }

  const endpoints: Readonly<Record<string, (request: HttpRequest) => Promise<HttpResponse> | HttpResponse>> =
    {
      [`GET ${issuerPaths.discovery}`]: () => publicDocument(discoveryDocument(url)),
      [`GET ${issuerPaths.keys}`]: () => publicDocument(key.publicKeys),
      [`GET ${issuerPaths.authorize}`]: ({ rawQuery }) =>
        authorize(rawQuery, { clientId, grants, personas: views }),
      [`POST ${issuerPaths.token}`]: (request) =>
        handleTokenRequest(request, { clientId, grants, sign: signGrant, accessTokenSeconds }),
      [`GET ${issuerPaths.endSession}`]: ({ rawQuery }) => endSession(rawQuery),
    };

  return {
    url,
    findKey: key.findKey,
    async token(name, claims = {}) {
      const persona = findPersona(name);
      if (persona === undefined) return undefined;
      return sign(
        { sub: persona.user, aud: audience, ...personaClaims(persona, claimNames), ...claims },
        tokenSeconds,
      );
    },
    respond(path, request) {
      if (!Object.values<string>(issuerPaths).includes(path)) return undefined;
      const handler = endpoints[`${request.method} ${path}`];
      return Promise.resolve(handler?.(request) ?? gatewayResponse(405, 'Method Not Allowed'));
    },
  };
}

function findPersona(name: string): Persona | undefined {
  return Object.hasOwn(personas, name) ? personas[name] : undefined;
}

/** Readable by pages of all origins. */
function publicDocument(value: unknown): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
    body: JSON.stringify(value),
  };
}
