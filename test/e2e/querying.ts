// Tests the query routes: results, paging, authorization, and invalid requests.
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodSampleNames, sampleFile } from '../support/fixtures.ts';
import { Harness, type HarnessOptions } from './harness.ts';

export function describeQuerying(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: querying`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await Harness.start(options);
      await harness.emit(goodSampleNames.map(sampleFile));
    });
    afterAll(() => harness.stop());

    const list = (query: string, access = {}) => harness.get(`/request-logs?${query}`, access);

    it('returns the newest first, 50 at a time, and reports that the search is complete', async () => {
      const { status, body, headers } = await list('');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('application/json');
      const times = body.items.map((item: { timestamp: string }) => item.timestamp);
      expect(times).toEqual([...times].sort().reverse());
      expect(body).toMatchObject({
        nextCursor: null,
        complete: true,
        searchedThrough: '1970-01-01T00:00:00.000Z',
      });
      expect(Object.keys(body.items[0]).sort()).toEqual(
        'accountId action changeCount changedPaths decision environment highlights id late organizationId permission recordedAt region role target timestamp user verdict'.split(
          ' ',
        ),
      );
    });

    it('compresses responses for clients that accept gzip, and for no others', async () => {
      const token = await harness.stack.token('admin');
      const ask = (encoding: string) =>
        fetch(`${harness.stack.url}/request-logs`, {
          headers: { authorization: `Bearer ${token}`, 'accept-encoding': encoding },
        });
      const [compressed, plain] = await Promise.all([ask('gzip'), ask('identity')]);
      expect(compressed.headers.get('content-encoding')).toBe('gzip');
      expect(plain.headers.has('content-encoding')).toBe(false);
      expect(plain.headers.get('vary')).toContain('accept-encoding');
      expect(await compressed.json()).toEqual(await plain.json());
    });

    it('accepts repeated and comma-separated values, and every order and limit', async () => {
      const all = await harness.ids('');
      expect(await harness.ids('action=CREATE,DELETE')).toEqual(
        await harness.ids('action=CREATE&action=delete'),
      );
      expect(await harness.ids('order=asc')).toEqual([...all].reverse());
      for (const limit of [1, 3, 200]) expect(await harness.ids(`limit=${limit}`)).toEqual(all);
      const inclusive = await harness.ids('from=2026-11-05&to=2026-11-05');
      expect(inclusive).toHaveLength(2);
      expect(await harness.ids('resource=orders-d&user=u-2077&action=UPDATE&region=eu-west-1')).toHaveLength(
        1,
      );
      expect(await harness.ids('service=checkout-api')).toHaveLength(7);
    });

    it('returns no entries of another organization', async () => {
      const acme = await harness.ids('');
      const globex = await harness.ids('', 'globex-admin');
      expect(globex).toHaveLength(1);
      expect(acme).not.toContain(globex[0]);
      expect((await harness.get(`/request-logs/${globex[0]}`)).status).toBe(404);
      expect((await harness.get(`/request-logs/${acme[0]}`, { persona: 'globex-admin' })).status).toBe(404);
      for (const filter of [
        'user=u-1042',
        'resource=orders-d',
        'account=123456789012',
        'service=checkout-api',
      ]) {
        expect(await harness.ids(filter, 'globex-admin')).toEqual([]);
      }
    });

    it('returns no entries of other accounts to a caller who is limited to an account', async () => {
      const persona = 'account-operator';
      const own = await harness.ids('account=210987654321');
      expect(own.length).toBeGreaterThan(0);
      expect(await harness.ids('', persona)).toEqual(own);
      expect(await harness.ids('account=123456789012', persona)).toEqual([]);
      expect(await harness.ids('resource=orders-d', persona)).toEqual([]);
      expect(await harness.ids('user=u-2077', persona)).toEqual([]);
      const [foreign] = await harness.ids('account=123456789012');
      expect((await harness.get(`/request-logs/${foreign}`, { persona })).status).toBe(404);
      expect((await harness.get(`/request-logs/${own[0]}`, { persona })).status).toBe(200);
      const none = await harness.stack.token('account-operator', { accounts: '' });
      expect((await list('', { token: none })).body.items).toEqual([]);
    });

    it('returns the history of a target, and none of it to a caller who cannot see its account', async () => {
      const history = (query: string, access = {}) =>
        harness.get(`/request-logs/history?target=res-2b71${query}`, access);
      const { status, body } = await history('');
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(1);
      expect(body).toMatchObject({ target: { accountId: '123456789012' }, complete: true, gaps: [] });
      const { body: state } = await history('&at=2026-11-08');
      expect(state.at).toMatchObject({
        exists: true,
        basis: 'after',
        state: { instanceClass: 'db.t4g.micro' },
      });
      const unknown = await harness.get('/request-logs/history?target=res-0000');
      for (const persona of ['account-operator', 'globex-admin']) {
        const hidden = await history('', { persona });
        expect([hidden.status, hidden.body]).toEqual([404, unknown.body]);
      }
    });

    it('requires a permission for every route', async () => {
      const [id] = await harness.ids('');
      const paths = [
        '/request-logs',
        `/request-logs/${id}`,
        '/request-logs?from=broken',
        '/request-logs/history?target=res-2b71',
        '/request-logs/history',
      ];
      for (const path of paths) {
        const { status, body, headers } = await harness.get(path, { persona: 'viewer' });
        expect(status).toBe(403);
        expect(headers.get('content-type')).toContain('application/problem+json');
        expect(body).toMatchObject({ status: 403, code: 'FORBIDDEN', field: 'request-logs:read' });
      }
      for (const persona of ['auditor', 'developer']) expect((await list('', { persona })).status).toBe(200);
      const withoutOrganization = await harness.stack.token('admin', { organization: undefined });
      expect((await list('', { token: withoutOrganization })).status).toBe(403);
    });

    it('rejects with 401 without a token that the issuer signed for this API', async () => {
      const now = Math.floor(Date.now() / 1000);
      const { privateKey } = await generateKeyPair('RS256');
      const { issuer } = harness.stack.status();
      const forged = await new SignJWT({ organization: 'acme', role: 'Admin' })
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer(issuer)
        .setAudience('request-logs')
        .setSubject('u')
        .setExpirationTime('1h')
        .sign(privateKey);
      const valid = (await harness.stack.token('admin')) ?? '';
      const [header, payload] = valid.split('.');
      const tokens = [
        null,
        'nonsense',
        forged,
        `${header}.${payload}.`,
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
        await harness.stack.token('admin', { exp: now - 3600 }),
        await harness.stack.token('admin', { nbf: now + 3600 }),
        await harness.stack.token('admin', { iss: 'https://issuer.example' }),
        await harness.stack.token('admin', { aud: 'another' }),
      ];
      for (const token of tokens) {
        for (const path of ['/request-logs', '/request-logs/01KA0000000000000000000000']) {
          const { status, body } = await harness.get(path, { token: token ?? null });
          expect([status, body]).toEqual([401, { message: 'Unauthorized' }]);
        }
      }
    });

    it.each([
      ['color=red', 'color'],
      ['from=yesterday', 'from'],
      ['from=2026-11-03&to=2026-11-02', 'from'],
      ['limit=0', 'limit'],
      ['limit=201', 'limit'],
      ['cursor=broken', 'cursor'],
      ['action=RENAME', 'action'],
      ['account=12', 'account'],
    ])('rejects %s with 400, and names the parameter and what is allowed', async (query, field) => {
      const { status, body, headers } = await list(query);
      expect(status).toBe(400);
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(body).toMatchObject({ status: 400, field, code: expect.stringMatching(/^INVALID_/) });
      expect(body.detail).toContain(field);
    });

    it('rejects a cursor of another caller or another query', async () => {
      const { body } = await list('limit=1');
      const cursor = body.nextCursor;
      expect((await list(`limit=1&cursor=${cursor}`)).status).toBe(200);
      expect((await list(`limit=1&cursor=${cursor}`, { persona: 'developer' })).status).toBe(200);
      for (const [query, persona] of [
        [`limit=1&action=CREATE&cursor=${cursor}`, 'admin'],
        [`limit=1&cursor=${cursor}`, 'globex-admin'],
        [`limit=1&cursor=${cursor}`, 'account-operator'],
      ] as const) {
        const response = await list(query, { persona });
        expect([response.status, response.body.code]).toEqual([400, 'INVALID_CURSOR']);
      }
    });

    it('rejects an unknown id with 404 and an invalid id with 400', async () => {
      const missing = await harness.get('/request-logs/01KA0000000000000000000000');
      expect([missing.status, missing.body.code]).toEqual([404, 'NOT_FOUND']);
      const none = await harness.get('/request-logs/not-an-id');
      expect([none.status, none.body.field]).toEqual([400, 'id']);
      // The same hash with another time is a different id.
      const [id = ''] = await harness.ids('');
      const moved = `01KA000000${id.slice(10)}`;
      expect((await harness.get(`/request-logs/${moved}`)).status).toBe(404);
    });

    it('logs every read with its caller, filters, and count', async () => {
      await list('resource=orders-d', { persona: 'auditor' });
      await expect
        .poll(() => harness.logs())
        .toMatch(/"entries listed".*"u-4001"|"u-4001".*"entries listed"/);
    });

    it('links each line of the access log to the invocation of the function', async () => {
      const apiRequestId = (await list('')).headers.get('apigw-requestid');
      const lines = () =>
        harness
          .logs()
          .split('\n')
          .filter((line) => line.includes(`"${apiRequestId}"`));
      await expect.poll(lines).toHaveLength(3);
      const [[access], [own]] = [
        lines().filter((line) => line.includes('"latencyMillis"')),
        lines().filter((line) => line.includes('"entries listed"')),
      ];
      const { functionRequestId } = JSON.parse(access ?? '{}');
      expect(functionRequestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(JSON.parse(own ?? '{}').function_request_id).toBe(functionRequestId);
    });

    it.each([
      ['/request-logs?resource=orders-d', 'GET /request-logs', 200, {}],
      ['/request-logs?limit=many', 'GET /request-logs', 400, { error: true }],
      ['/request-logs/01M7ZYHQ8X0000000000000000', 'GET /request-logs/{id}', 404, { error: true }],
      ['/request-logs/export?format=csv', 'GET /request-logs/export', 200, {}],
      ['/request-logs/directory/users', 'GET /request-logs/directory/{field}', 200, {}],
      ['/openapi.json', 'GET /openapi.json', 200, {}],
    ])(
      'adds the request %s to the trace of its function, without its query',
      async (path, route, status, flags) => {
        const { url } = harness.stack;
        const before = Date.now();
        const response = await fetch(`${url}${path}`, {
          headers: { authorization: `Bearer ${await harness.stack.token('admin')}` },
        });
        expect(response.status).toBe(status);
        const apiRequestId = response.headers.get('apigw-requestid') ?? '';
        const own = () =>
          harness.traces().filter((trace) => trace.annotations?.apiRequestId === apiRequestId);
        await expect.poll(own).toHaveLength(1);
        const [trace] = own();
        expect(trace).toEqual({
          type: 'subsegment',
          id: expect.any(String),
          trace_id: expect.any(String),
          parent_id: expect.any(String),
          name: 'HTTP API',
          start_time: expect.any(Number),
          end_time: expect.any(Number),
          error: false,
          fault: false,
          ...flags,
          annotations: { route, status, apiRequestId },
        });
        expect(trace).toHaveProperty('start_time', expect.closeTo(before / 1000, -1));
      },
    );
  });
}
