// Tests the dashboard and the API on one origin, as the synthesized distribution serves them.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { dashboardConfigSchema, dashboardPaths } from '../../core/deployment/dashboard-config.ts';
import { Harness } from './harness.ts';

const endpointsSchema = z.object({ authorization_endpoint: z.string(), token_endpoint: z.string() });
const tokensSchema = z.object({ access_token: z.string() });

export function describeSite(): void {
  describe('the site', () => {
    let harness: Harness;
    let refused: Harness | undefined;

    beforeAll(async () => {
      harness = await Harness.start();
    });
    afterAll(async () => {
      await harness.stop();
      await refused?.stop();
    });

    const ask = (path: string, init: RequestInit = {}) => fetch(`${harness.stack.url}${path}`, init);

    const scriptOf = (page: string) => /<script[^>]*src="([^"]+)"/.exec(page)?.[1] ?? '';

    it('serves the page for each of its paths, with a strict content security policy', async () => {
      const pages = await Promise.all(
        ['/', '/entries/01M7ZYHQ8X0000000000000000', '/callback?code=a&state=b', '/index.html'].map(
          async (path) => {
            const response = await ask(path);
            expect([path, response.status]).toEqual([path, 200]);
            expect(response.headers.get('content-type')).toBe('text/html');
            expect(response.headers.get('cache-control')).toBe('no-cache');
            const policy = response.headers.get('content-security-policy') ?? '';
            expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
            expect(policy).not.toContain('unsafe');
            expect(response.headers.get('x-content-type-options')).toBe('nosniff');
            expect(response.headers.get('strict-transport-security')).toContain('max-age=63072000');
            return response.text();
          },
        ),
      );
      expect(new Set(pages).size).toBe(1);
      // The policy would block these.
      expect(pages[0]).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|data:/);
    });

    it('serves immutable, compressed scripts', async () => {
      const script = scriptOf(await (await ask('/')).text());
      expect(script).toMatch(/^\/assets\//);
      const response = await ask(script, { headers: { 'accept-encoding': 'gzip, br' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/javascript');
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-encoding')).toBe('br');
      const uncompressed = await ask(script, { headers: { 'accept-encoding': 'identity' } });
      expect(uncompressed.headers.get('content-encoding')).toBeNull();
      expect(await uncompressed.text()).toBe(await response.text());
    });

    it('serves the sign-in settings with the local issuer', async () => {
      const response = await ask(dashboardPaths.config);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const config = dashboardConfigSchema.parse(await response.json());
      expect(config).toEqual({
        issuer: `${harness.stack.url}/_local/issuer`,
        clientId: 'request-logs-dashboard',
        scope: 'openid profile',
      });
      const discovery = await fetch(`${config.issuer}/.well-known/openid-configuration`);
      expect(await discovery.json()).toMatchObject({ issuer: config.issuer });
    });

    it('issues a token to the configured client that the API accepts', async () => {
      const config = dashboardConfigSchema.parse(await (await ask(dashboardPaths.config)).json());
      const discovery = await fetch(`${config.issuer}/.well-known/openid-configuration`);
      const { authorization_endpoint, token_endpoint } = endpointsSchema.parse(await discovery.json());
      const verifier = 'v'.repeat(43);
      const redirect = `${harness.stack.url}${dashboardPaths.callback}`;
      const request = new URLSearchParams({
        client_id: config.clientId,
        redirect_uri: redirect,
        response_type: 'code',
        scope: config.scope,
        state: 's',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        persona: 'auditor',
      });
      const chosen = await fetch(`${authorization_endpoint}?${request}`, { redirect: 'manual' });
      const code = new URL(chosen.headers.get('location') ?? '').searchParams.get('code') ?? '';
      const tokens = await fetch(token_endpoint, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: config.clientId,
          redirect_uri: redirect,
          code,
          code_verifier: verifier,
        }),
      });
      const { access_token } = tokensSchema.parse(await tokens.json());
      const { status } = await harness.get('/request-logs', { token: access_token });
      expect(status).toBe(200);
    });

    it('responds with 304 when the browser has the file', async () => {
      const etag = (await ask('/config.json')).headers.get('etag') ?? '';
      const again = await ask('/config.json', { headers: { 'if-none-match': etag } });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    });

    it('responds to HEAD without a body, and rejects writes', async () => {
      const head = await ask('/', { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect((await ask('/', { method: 'POST' })).status).toBe(403);
    });

    it.each(['/missing.js', '/assets/missing.js', '/..%2f..%2fpackage.json', '/assets/'])(
      'serves only its own files: %s',
      async (path) => {
        const response = await ask(path);
        const isPlace = !path.split('/').at(-1)?.includes('.');
        expect(response.status).toBe(isPlace ? 200 : 403);
        expect(await response.text()).toContain(isPlace ? '<!doctype html>' : '<Code>AccessDenied</Code>');
      },
    );

    it('passes on responses of the API with any status', async () => {
      const unknown = '/request-logs/01KA0000000000000000000000';
      expect((await harness.get('/request-logs')).status).toBe(200);
      expect((await harness.get('/request-logs', { token: null })).status).toBe(401);
      expect((await harness.get('/request-logs', { persona: 'viewer' })).body).toMatchObject({
        status: 403,
        code: 'FORBIDDEN',
      });
      const missing = await harness.get(unknown);
      expect(missing.body).toMatchObject({ status: 404 });
      expect(missing.headers.get('content-security-policy')).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      );
      expect((await harness.get('/openapi.json', { token: null })).body.openapi).toBe('3.1.0');
      expect((await ask('/request-logs', { method: 'POST' })).status).toBe(404);
    });

    it('rejects requests for files when the bucket policy does not allow the distribution to read', async () => {
      refused = await Harness.start({
        alter: ({ Resources }) => {
          for (const [id, { Type }] of Object.entries(Resources)) {
            if (Type === 'AWS::S3::BucketPolicy' && id.startsWith('Dashboard')) delete Resources[id];
          }
        },
      });
      expect((await fetch(`${refused.stack.url}/`)).status).toBe(403);
    });
  });
}
