// Tokens with a wrong issuer, audience, time, signature or claims: every route rejects them.
import { generateKeyPair, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import type { Harness } from '../e2e/harness.ts';

const missingId = '01KA0000000000000000000000';

/** Every route that requires a token. */
export const securedPaths = [
  '/request-logs',
  `/request-logs/${missingId}`,
  ...['users', 'accounts', 'regions', 'resources'].map((field) => `/request-logs/directory/${field}`),
  '/request-logs/export?format=csv',
  '/request-logs/export?format=ndjson',
];

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Tokens that must be rejected, by their flaw. */
async function badTokens(harness: Harness): Promise<Record<string, string>> {
  const seconds = Math.floor(Date.now() / 1000);
  const make = async (claims: object) => (await harness.stack.token('admin', claims as never)) ?? '';
  const valid = await make({});
  const [head = '', payload = '', signature = ''] = valid.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const { privateKey } = await generateKeyPair('RS256');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString());
  const signed = (headers: object) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...headers }).sign(privateKey);
  const secret = new TextEncoder().encode(header.kid ?? 'kid');
  return {
    nonsense: 'nonsense',
    'no signature': `${head}.${payload}.`,
    'two parts': `${head}.${payload}`,
    'alg none': `${part({ alg: 'none' })}.${payload}.`,
    'alg None with the signature': `${part({ ...header, alg: 'None' })}.${payload}.${signature}`,
    'alg HS256': await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(secret),
    'another key': await signed({}),
    'another key under the same id': await signed({ kid: header.kid }),
    'a key id that is a path': await signed({ kid: '../../../dev/null' }),
    'an embedded key of its own': await signed({ jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, kid: 'own' }),
    'tampered organization': `${head}.${part({ ...claims, organization: 'globex' })}.${signature}`,
    'tampered role': `${head}.${part({ ...claims, role: 'Admin', accounts: undefined })}x.${signature}`,
    'tampered signature': `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    expired: await make({ exp: seconds - 3600 }),
    'without an expiry': await make({ exp: undefined }),
    'not yet valid': await make({ nbf: seconds + 3600 }),
    'issued in the future': await make({ iat: seconds + 3600 }),
    'another issuer': await make({ iss: 'https://issuer.example' }),
    'another audience': await make({ aud: 'another' }),
    'no audience': await make({ aud: undefined, client_id: undefined }),
  };
}

export function describeTokens(harness: () => Harness): void {
  it('responds 401 on every route to an invalid token', async () => {
    for (const [flaw, token] of Object.entries(await badTokens(harness()))) {
      for (const path of securedPaths) {
        const { status, body } = await harness().get(path, { token });
        expect([status, body], `${flaw}: ${path}`).toEqual([401, { message: 'Unauthorized' }]);
      }
    }
  });

  it('accepts a token only in the authorization header', async () => {
    const token = await harness().stack.token('admin');
    for (const path of [
      `/request-logs?access_token=${token}`,
      `/request-logs?authorization=Bearer%20${token}`,
    ]) {
      expect((await harness().get(path, { token: null })).status).toBe(401);
    }
    const cookie = await fetch(`${harness().stack.url}/request-logs`, {
      headers: { cookie: `token=${token}` },
    });
    expect(cookie.status).toBe(401);
  });

  it.each<[string, object]>([
    ['no organization', { organization: undefined }],
    ['an empty organization', { organization: '' }],
    ['two organizations', { organization: ['acme', 'globex'] }],
    ['an organization that is a key', { organization: 'acme#u-1042' }],
    ['a wildcard organization', { organization: '*' }],
    ['an organization that is an object', { organization: { $ne: null } }],
    ['no role', { role: undefined }],
    ['the role __proto__', { role: '__proto__' }],
    ['the role constructor', { role: 'constructor' }],
    ['two roles', { role: ['Viewer', 'Admin'] }],
    ['a role in different capitalization', { role: 'admin' }],
    ['no user', { sub: undefined }],
  ])('responds 403 on every route to a token with %s', async (_flaw, claims) => {
    const token = await harness().stack.token('admin', claims as never);
    for (const path of securedPaths) {
      const { status, body } = await harness().get(path, { token: token ?? null });
      expect([status, body.code], path).toEqual([403, 'FORBIDDEN']);
    }
  });
}
