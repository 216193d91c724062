// The OIDC issuer of the local stack: discovery, public keys, and tokens for the personas. It exists only here.
import { type JWTPayload, type JWTVerifyGetKey, SignJWT } from 'jose';
import type { IdentityClaims } from '../../core/caller.ts';
import type { HttpResponse } from '../http-api/response.ts';
import { personaClaims, personas } from './personas.ts';
import { loadSigningKey } from './signing-key.ts';

export interface LocalIssuer {
  readonly url: string;
  readonly findKey: JWTVerifyGetKey;
  /** A token for a persona, good for `tokenSeconds`; `claims` replaces or adds some. */
  token(persona: string, claims?: JWTPayload): Promise<string | undefined>;
  /** Answers requests below its URL; `undefined` for a path it does not have. */
  respond(path: string): HttpResponse | undefined;
}

/** A day of trying things out; a real issuer gives an hour at most. */
const tokenSeconds = 24 * 60 * 60;

export async function createIssuer(options: {
  readonly url: string;
  readonly audience: string;
  readonly claimNames: IdentityClaims;
  readonly dataDir: string;
}): Promise<LocalIssuer> {
  const key = await loadSigningKey(options.dataDir);
  const documents: Readonly<Record<string, unknown>> = {
    '/.well-known/openid-configuration': {
      issuer: options.url,
      jwks_uri: `${options.url}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['token'],
      subject_types_supported: ['public'],
    },
    '/.well-known/jwks.json': key.publicKeys,
  };
  return {
    url: options.url,
    findKey: key.findKey,
    async token(name, claims = {}) {
      const persona = Object.hasOwn(personas, name) ? personas[name] : undefined;
      if (persona === undefined) return undefined;
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        sub: persona.user,
        iss: options.url,
        aud: options.audience,
        iat: now,
        exp: now + tokenSeconds,
        ...personaClaims(persona, options.claimNames),
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: key.keyId, typ: 'JWT' })
        .sign(key.privateKey);
    },
    respond(path) {
      if (!Object.hasOwn(documents, path)) return undefined;
      return {
        status: 200,
        headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
        body: JSON.stringify(documents[path]),
      };
    },
  };
}
