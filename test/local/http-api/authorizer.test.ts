import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Authorization, createJwtAuthorizer } from '../../../local/http-api/authorizer.ts';

const issuer = 'http://localhost:3000/_local/issuer';
const settings = { issuer, audience: ['request-logs'], identitySource: ['$request.header.Authorization'] };
const now = Math.floor(Date.now() / 1000);
const good: JWTPayload = { iss: issuer, aud: 'request-logs', sub: 'u-1', iat: now - 5, exp: now + 60 };

describe('createJwtAuthorizer', () => {
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  let otherKeys: Awaited<ReturnType<typeof generateKeyPair>>;
  let authorize: ReturnType<typeof createJwtAuthorizer>;

  beforeAll(async () => {
    keys = await generateKeyPair('RS256');
    otherKeys = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256' };
    authorize = createJwtAuthorizer(settings, createLocalJWKSet({ keys: [jwk] }));
  });

  const sign = (claims: JWTPayload, key = keys.privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
  const check = async (claims: JWTPayload, scopes: string[] = []): Promise<Authorization> =>
    authorize({ authorization: `Bearer ${await sign(claims)}` }, scopes);

  it('accepts a token of the issuer, with and without Bearer', async () => {
    const token = await sign(good);
    expect(await authorize({ authorization: `Bearer ${token}` }, [])).toMatchObject({
      claims: good,
      scopes: null,
    });
    expect(await authorize({ authorization: token }, [])).toMatchObject({ claims: good });
  });

  it('accepts one of several audiences, and client_id in a token without aud', async () => {
    expect(await check({ ...good, aud: ['x', 'request-logs'] })).toHaveProperty('claims');
    const { aud: _, ...withoutAudience } = good;
    expect(await check({ ...withoutAudience, client_id: 'request-logs' })).toHaveProperty('claims');
  });

  it.each([
    ['of another issuer', { ...good, iss: 'http://localhost:3000/other' }],
    ['for another audience', { ...good, aud: 'other' }],
    ['for another audience, whatever client_id says', { ...good, aud: 'other', client_id: 'request-logs' }],
    ['that is expired', { ...good, exp: now - 1 }],
    ['that is not valid yet', { ...good, nbf: now + 60 }],
    ['that was issued in the future', { ...good, iat: now + 60 }],
  ])('rejects a token %s', async (_, claims) => {
    expect(await check(claims)).toHaveProperty('unauthorized');
  });

  it('rejects a token without an expiry', async () => {
    const { exp: _, ...claims } = good;
    expect(await check(claims)).toHaveProperty('unauthorized');
  });

  it('rejects a token that is signed with another key or a shared secret, or not signed', async () => {
    const forged = await sign(good, otherKeys.privateKey);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part(good)}.`;
    const shared = await new SignJWT(good)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('a secret of at least thirty-two bytes'));
    for (const token of [forged, unsigned, shared, 'nonsense']) {
      expect(await authorize({ authorization: `Bearer ${token}` }, [])).toHaveProperty('unauthorized');
    }
  });

  it('rejects a request without a token', async () => {
    expect(await authorize({}, [])).toEqual({ unauthorized: '' });
    expect(await authorize({ authorization: 'Bearer ' }, [])).toEqual({ unauthorized: '' });
  });

  it('rejects a token without any of the scopes of the route', async () => {
    expect(await check({ ...good, scope: 'logs read' }, ['read'])).toMatchObject({
      scopes: ['logs', 'read'],
    });
    expect(await check({ ...good, scope: 'logs' }, ['read'])).toEqual({ forbidden: 'insufficient_scope' });
  });

  it('rejects an unsupported identity source', () => {
    expect(() =>
      createJwtAuthorizer({ ...settings, identitySource: ['$request.querystring.token'] }, undefined),
    ).toThrow('$request.querystring.token');
  });
});
