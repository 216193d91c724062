// Tests the sign-in at the local issuer as the dashboard does it: authorization code with PKCE.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultIdentityClaims } from '../../../core/access/identity-claims.ts';
import { defaultRoleMap } from '../../../core/access/role-map.ts';
import type { HttpResponse } from '../../../local/http-api/response.ts';
import { createIssuer, type LocalIssuer } from '../../../local/issuer/issuer.ts';

const url = 'http://localhost:3000/_local/issuer';
const clientId = 'dashboard';
const verifier = 'a-verifier-of-the-test-that-is-43-characters-long-or-more';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'http://localhost:3000/callback';

const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-issuer-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

let issuer: LocalIssuer;
beforeAll(async () => {
  issuer = await createIssuer({
    url,
    clientId,
    dataDir,
    audience: 'request-logs',
    claimNames: defaultIdentityClaims,
    roleMap: defaultRoleMap,
  });
});

type Parameters = Record<string, string | undefined>;

const encode = (parameters: Parameters) =>
  new URLSearchParams(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString();

async function send(
  method: string,
  path: string,
  { query = '', body = '', headers = {} }: { query?: string; body?: string; headers?: Parameters } = {},
): Promise<HttpResponse> {
  const response = await issuer.respond(path, {
    method,
    rawPath: `/_local/issuer${path}`,
    rawQuery: query,
    headers: Object.entries(headers).map(([name, value]) => [name, value ?? '']),
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
  });
  if (response === undefined) throw new Error(`no ${path}`);
  return response;
}

const goodRequest = {
  client_id: clientId,
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'openid profile',
  state: 's-1',
  nonce: 'n-1',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

const authorize = (changes: Parameters = {}) =>
  send('GET', '/authorize', { query: encode({ ...goodRequest, ...changes }) });

/** The query parameters of the redirect. */
function redirected({ status, headers }: HttpResponse, to = redirectUri): Record<string, string> {
  expect(status).toBe(303);
  const location = new URL(headers.location ?? '');
  expect(`${location.origin}${location.pathname}`).toBe(to);
  expect(headers['cache-control']).toBe('no-store');
  return Object.fromEntries(location.searchParams);
}

async function codeFor(persona: string, changes: Parameters = {}): Promise<string> {
  return redirected(await authorize({ persona, ...changes })).code ?? '';
}

async function askForToken(parameters: Parameters, headers: Parameters = {}) {
  const { status, body, ...rest } = await send('POST', '/token', {
    body: encode(parameters),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  return { status, headers: rest.headers, body: JSON.parse(String(body)) as Record<string, string> };
}

const goodExchange = (code: string) => ({
  grant_type: 'authorization_code',
  client_id: clientId,
  redirect_uri: redirectUri,
  code_verifier: verifier,
  code,
});

const verify = async (token: string | undefined, audience: string): Promise<JWTPayload> =>
  (await jwtVerify(token ?? '', issuer.findKey, { issuer: url, audience })).payload;

describe('sign-in', () => {
  it('returns an access token for the API and an id token for the dashboard', async () => {
    const { code = '', ...rest } = redirected(await authorize({ persona: 'account-operator' }));
    expect(rest).toEqual({ state: 's-1' });
    const { status, headers, body } = await askForToken(goodExchange(code));
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid profile' });
    expect(await verify(body.access_token, 'request-logs')).toMatchObject({
      sub: 'u-5120',
      organization: 'acme',
      role: 'Operator',
      accounts: '210987654321',
      client_id: clientId,
    });
    expect(await verify(body.id_token, clientId)).toMatchObject({
      sub: 'u-5120',
      name: 'Mei Tanaka',
      nonce: 'n-1',
      auth_time: expect.any(Number),
    });
  });

  it('renews tokens with a refresh token, which can be used once', async () => {
    const { body: first } = await askForToken(goodExchange(await codeFor('auditor')));
    const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: first.refresh_token };
    const { status, body: second } = await askForToken(refresh);
    expect(status).toBe(200);
    expect(decodeJwt(second.access_token ?? '')).toMatchObject({ sub: 'u-4001', role: 'Auditor' });
    expect(decodeJwt(second.id_token ?? '')).not.toHaveProperty('nonce');
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await askForToken(refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each(['http://localhost:5173/callback', 'http://127.0.0.1:4100/callback', 'http://localhost/callback'])(
    'redirects the browser to %s',
    async (redirect_uri) => {
      const { code = '' } = redirected(await authorize({ persona: 'admin', redirect_uri }), redirect_uri);
      expect((await askForToken({ ...goodExchange(code), redirect_uri })).status).toBe(200);
    },
  );

  it('returns no state when none was given', async () => {
    expect(redirected(await authorize({ persona: 'admin', state: undefined }))).not.toHaveProperty('state');
  });
});

describe('the chooser', () => {
  it('links each persona with a description of its access, without scripts or forms', async () => {
    const { status, headers, body } = await authorize();
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    const page = String(body);
    const [link] = /href="([^"]*persona=globex-admin)"/.exec(page)?.slice(1) ?? [];
    const query = (link ?? '').replaceAll('&#38;', '&').slice(1);
    expect(redirected(await send('GET', '/authorize', { query }))).toMatchObject({ state: 's-1' });
    expect(page).toContain('Asha Rao');
    expect(page).toContain('Auditor in acme');
    expect(page).toContain('Can view entries of acme in AWS account 210987654321');
    expect(page).toContain('No access: the role does not grant request-logs:read');
    expect(page).toContain('Can view all entries of globex, and export them');
    expect(page).not.toContain('<script');
  });

  it('is skipped with a login_hint, unless the request has a prompt', async () => {
    const { code = '' } = redirected(await authorize({ login_hint: 'u-4001' }));
    const { body } = await askForToken(goodExchange(code));
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({ sub: 'u-4001', role: 'Auditor' });
    expect((await authorize({ login_hint: 'u-4001', prompt: 'login' })).status).toBe(200);
    expect((await authorize({ login_hint: 'nobody' })).status).toBe(200);
    expect((await authorize({ login_hint: '' })).status).toBe(200);
    const other = redirected(await authorize({ login_hint: 'u-4001', persona: 'admin' }));
    const { body: chosen } = await askForToken(goodExchange(other.code ?? ''));
    expect(decodeJwt(chosen.access_token ?? '')).toMatchObject({ sub: 'u-1042' });
  });

  it('escapes values from the request', async () => {
    const { body } = await authorize({ state: `"><script>alert('x')</script>`, nonce: '"onclick="' });
    expect(String(body)).not.toMatch(/<script>|"onclick/);
  });
});

describe('the authorization endpoint', () => {
  it.each([
    ['another client', { client_id: 'other' }],
    ['no client', { client_id: undefined }],
    ['another machine', { redirect_uri: 'http://evil.example/callback' }],
    ['https elsewhere', { redirect_uri: 'https://localhost.evil.example/callback' }],
    ['a user before the host', { redirect_uri: 'http://localhost:3000@evil.example/callback' }],
    ['another path', { redirect_uri: 'http://localhost:3000/other' }],
    ['a query', { redirect_uri: 'http://localhost:3000/?x=/callback' }],
    ['no redirect URI', { redirect_uri: undefined }],
    ['an invalid port', { redirect_uri: 'http://localhost:99999/callback' }],
  ])('rejects on an error page, without a redirect: %s', async (_, changes) => {
    const { status, headers } = await authorize({ persona: 'admin', ...changes });
    expect(status).toBe(400);
    expect(headers).not.toHaveProperty('location');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each<[string, string, Parameters]>([
    ['another response type', 'unsupported_response_type', { response_type: 'token' }],
    ['no response type', 'invalid_request', { response_type: undefined }],
    ['no openid', 'invalid_request', { scope: 'profile' }],
    ['no challenge', 'invalid_request', { code_challenge: undefined }],
    ['a plain challenge', 'invalid_request', { code_challenge_method: 'plain' }],
    ['no challenge method', 'invalid_request', { code_challenge_method: undefined }],
    ['a challenge that is not a digest', 'invalid_request', { code_challenge: 'short' }],
    ['a response mode of fragment', 'invalid_request', { response_mode: 'fragment' }],
    ['a silent sign-in', 'login_required', { prompt: 'none' }],
    ['an unknown persona', 'access_denied', { persona: 'constructor' }],
  ])('rejects with a redirect: %s', async (_, error, changes) => {
    const response = redirected(await authorize({ persona: 'admin', ...changes }));
    expect(response).toMatchObject({ error, state: 's-1' });
    expect(response).not.toHaveProperty('code');
  });

  it('rejects a repeated parameter with a redirect', async () => {
    const query = `${encode({ ...goodRequest, persona: 'admin' })}&scope=openid`;
    expect(redirected(await send('GET', '/authorize', { query }))).toMatchObject({
      error: 'invalid_request',
    });
  });
});

describe('the token endpoint', () => {
  it.each<[string, string, Parameters]>([
    ['another client', 'invalid_client', { client_id: 'other' }],
    ['another redirect URI', 'invalid_grant', { redirect_uri: 'http://localhost:5173/callback' }],
    ['no redirect URI', 'invalid_grant', { redirect_uri: undefined }],
    ['another verifier', 'invalid_grant', { code_verifier: `${verifier}x` }],
    ['no verifier', 'invalid_grant', { code_verifier: undefined }],
    ['the challenge as verifier', 'invalid_grant', { code_verifier: challenge }],
    ['an unknown code', 'invalid_grant', { code: 'made-up' }],
    ['another grant type', 'unsupported_grant_type', { grant_type: 'password' }],
  ])('rejects %s', async (_, error, changes) => {
    const { status, body } = await askForToken({ ...goodExchange(await codeFor('admin')), ...changes });
    expect(status).toBe(error === 'invalid_client' ? 401 : 400);
    expect(body).toEqual({ error, error_description: expect.any(String) });
  });

  it('accepts a code once, even when the first request was invalid', async () => {
    const spent = await codeFor('admin');
    expect((await askForToken(goodExchange(spent))).status).toBe(200);
    expect((await askForToken(goodExchange(spent))).body.error).toBe('invalid_grant');
    const usedCode = await codeFor('admin');
    await askForToken({ ...goodExchange(usedCode), code_verifier: 'wrong' });
    expect((await askForToken(goodExchange(usedCode))).body.error).toBe('invalid_grant');
  });

  it('rejects other content types', async () => {
    const code = await codeFor('admin');
    const { status } = await askForToken(goodExchange(code), { 'content-type': 'application/json' });
    expect(status).toBe(400);
  });

  it('allows only pages of this machine to read the response', async () => {
    const allowed = async (origin: string) =>
      (await askForToken(goodExchange('x'), { origin })).headers['access-control-allow-origin'];
    expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173');
    expect(await allowed('https://evil.example')).toBeUndefined();
    expect(await allowed('null')).toBeUndefined();
  });

  it('supports only POST', async () => {
    expect((await send('GET', '/token')).status).toBe(405);
  });
});

describe('the end-session endpoint', () => {
  const end = (parameters: Parameters) => send('GET', '/end-session', { query: encode(parameters) });

  it('redirects to the dashboard with its state', async () => {
    const response = await end({ post_logout_redirect_uri: 'http://localhost:3000/', state: 's-2' });
    expect([response.status, response.headers.location]).toEqual([303, 'http://localhost:3000/?state=s-2']);
  });

  it('shows a page without a redirect URI', async () => {
    expect((await end({})).status).toBe(200);
  });

  it('rejects redirects to other hosts', async () => {
    for (const uri of [
      'https://evil.example/',
      'http://localhost@evil.example/',
      'javascript:alert(1)',
      'x',
    ]) {
      const { status, headers } = await end({ post_logout_redirect_uri: uri });
      expect([uri, status, headers.location]).toEqual([uri, 400, undefined]);
    }
  });
});

describe('the discovery document', () => {
  it('lists the endpoints, and each responds', async () => {
    const { headers, body } = await send('GET', '/.well-known/openid-configuration');
    expect(headers['access-control-allow-origin']).toBe('*');
    const document = JSON.parse(String(body));
    expect(document).toMatchObject({ issuer: url, code_challenge_methods_supported: ['S256'] });
    for (const name of ['authorization_endpoint', 'token_endpoint', 'end_session_endpoint', 'jwks_uri']) {
      expect(document[name].startsWith(`${url}/`)).toBe(true);
      const method = name === 'token_endpoint' ? 'POST' : 'GET';
      expect((await send(method, document[name].slice(url.length))).status).not.toBe(404);
    }
  });
});
