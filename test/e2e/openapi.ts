import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRequestLogsClient, type ListItem } from '../../client/client.ts';
import {
  apiDocument,
  documentedPath,
  type ReceivedResponse,
  responseIssues,
} from '../support/api-document.ts';
import { goodSampleNames, makeEvent, sampleFile } from '../support/fixtures.ts';
import { type Fault, type FaultyStack, startFaultyStack } from './faulty-stack.ts';
import type { Harness } from './harness.ts';

/** The local stack runs the sealer every five seconds. */
const sealedWithinMillis = 30_000;

const awkwardName = 'orders, "d" & co';

export function describeOpenApi(): void {
  describe('the API document', () => {
    const fault: { current: Fault } = { current: () => false };
    let faulty: FaultyStack;
    let harness: Harness;
    let id = '';
    /** The statuses that were returned, by documented path. */
    const seen = new Set<string>();

    beforeAll(async () => {
      faulty = await startFaultyStack(fault);
      harness = faulty.harness;
      const awkward = makeEvent({ eventId: 'awkward', occurredAt: '2026-11-01T00:00:00Z' });
      awkward.detail.target.name = awkwardName;
      await harness.emit([...goodSampleNames.map(sampleFile), awkward]);
      [id = ''] = await harness.ids('resource=orders-d&action=UPDATE');
    });
    afterAll(() => faulty.stop());

    interface Asking {
      readonly persona?: string;
      readonly token?: string | null;
      readonly headers?: Record<string, string>;
      readonly method?: string;
      readonly body?: object;
    }

    /** Sends a request and fails unless the response is documented. */
    async function ask(
      path: string,
      { persona = 'admin', token, headers = {}, method = 'GET', body }: Asking = {},
    ): Promise<ReceivedResponse> {
      const bearer = token === undefined ? await harness.stack.token(persona) : token;
      const response = await fetch(`${harness.stack.url}${path}`, {
        method,
        headers: { ...headers, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const received = { status: response.status, headers: response.headers, text: await response.text() };
      expect(
        responseIssues(path, received, method),
        `${method} ${path}\n${received.text.slice(0, 2000)}`,
      ).toEqual([]);
      seen.add(`${method} ${documentedPath(path.split('?')[0] ?? '')} ${received.status}`);
      return received;
    }

    const fields = ['users', 'accounts', 'regions', 'resources'];
    const secured = () => [
      '/request-logs',
      `/request-logs/${id}`,
      ...fields.map((field) => `/request-logs/directory/${field}`),
      '/request-logs/views',
      '/request-logs/export?format=csv',
      '/request-logs/export?format=ndjson',
      '/request-logs/summary?groupBy=time,action&topLists=user,target&from=2026-10-01&compare=previous',
      '/request-logs/history?target=res-2b71',
    ];

    it('documents the successful response of every route', async () => {
      for (const path of secured()) expect((await ask(path)).status, path).toBe(200);
      for (const entry of await harness.ids(''))
        expect((await ask(`/request-logs/${entry}`)).status).toBe(200);
      for (const query of ['at=2026-11-10', 'diff=2026-11-01,2026-11-10', 'knownAt=2026-11-10', 'limit=1']) {
        expect((await ask(`/request-logs/history?target=res-2b71&${query}`)).status, query).toBe(200);
      }
      for (const query of ['limit=1', 'debug=true', 'resource=none', 'order=asc&from=2026-11-05']) {
        expect((await ask(`/request-logs?${query}`)).status, query).toBe(200);
      }
      expect((await ask('/request-logs/summary?debug=true&groupBy=environment,role')).status).toBe(200);
      expect(
        (await ask('/request-logs/export?format=csv&limit=1')).headers.get('x-next-cursor'),
      ).toBeTruthy();
    });

    it('documents the responses to invalid requests', async () => {
      const paths = [
        '/request-logs?limit=0',
        '/request-logs?color=red',
        '/request-logs?cursor=broken',
        '/request-logs/not-an-id',
        '/request-logs/directory/colors',
        '/request-logs/directory/users?limit=0',
        '/request-logs/directory/users?cursor=broken',
        '/request-logs/views?a=1',
        '/request-logs/export',
        '/request-logs/export?format=xlsx',
        '/request-logs/export?format=csv&cursor=broken',
        '/request-logs/summary?groupBy=color',
        '/request-logs/summary?cursor=broken',
        '/request-logs/history',
        '/request-logs/history?target=res-2b71&cursor=broken',
        '/request-logs/history?target=res-2b71&at=noon',
      ];
      for (const path of paths) expect((await ask(path)).status, path).toBe(400);
      expect((await ask('/request-logs/01KA0000000000000000000000')).status).toBe(404);
      expect((await ask('/request-logs/history?target=none')).status).toBe(404);
    });

    it('documents the responses of the sealed log', async () => {
      const proof = `/request-logs/${id}/proof`;
      const log = ['checkpoint', 'key', 'leaves', 'consistency?from=1', 'witnesses'].map(
        (name) => `/request-logs/log/${name}`,
      );
      await expect
        .poll(async () => (await ask(proof)).status, { timeout: sealedWithinMillis, interval: 500 })
        .toBe(200);
      expect((await ask(proof, { headers: { accept: 'text/plain' } })).status).toBe(200);
      for (const path of log) expect((await ask(path)).status, path).toBe(200);
      const invalid = [
        'not-an-id/proof',
        'log/checkpoint?a=1',
        'log/key?a=1',
        'log/witnesses?a=1',
        'log/consistency',
        'log/leaves?from=-1',
        'log/consistency?from=0',
      ];
      for (const path of invalid) expect((await ask(`/request-logs/${path}`)).status, path).toBe(400);
      expect((await ask('/request-logs/01KA0000000000000000000000/proof')).status).toBe(404);
      const stranger = (await harness.stack.token('admin', { organization: 'none' })) ?? null;
      for (const name of ['checkpoint', 'leaves', 'consistency?from=1'])
        expect((await ask(`/request-logs/log/${name}`, { token: stranger })).status, name).toBe(404);
      for (const path of [proof, ...log]) {
        expect((await ask(path, { token: null })).status, path).toBe(401);
        for (const persona of ['viewer', 'account-operator'])
          expect((await ask(path, { persona })).status, path).toBe(403);
      }
      for (const [type, status] of [
        [true, 503],
        ['ValidationException', 500],
      ] as const) {
        fault.current = (operation) => (operation === 'GetItem' ? type : false);
        expect((await ask(proof)).status).toBe(status);
        fault.current = () => false;
      }
    }, 120_000);

    it('documents the responses of saved views', async () => {
      const view = { name: 'Denied', search: 'verdict=DENIED', shared: false };
      const created = await ask('/request-logs/views', { method: 'POST', body: view });
      expect(created.status).toBe(201);
      const { version } = JSON.parse(created.text);
      const change = { name: 'Refused', search: 'verdict=DENIED', version };
      const writes = [
        { path: '/request-logs/views', method: 'POST', body: view, invalid: {} },
        { path: '/request-logs/views/p00', method: 'PUT', body: change, invalid: { ...change, name: '' } },
        { path: `/request-logs/views/p00?version=${version}`, method: 'DELETE' },
      ];
      for (const { path, invalid, ...call } of writes) {
        const plain = path.split('?')[0] ?? '';
        expect(
          (await ask(invalid ? path : plain, { ...call, ...(invalid && { body: invalid }) })).status,
        ).toBe(400);
        expect((await ask(path, { ...call, token: null })).status).toBe(401);
        expect((await ask(path, { ...call, persona: 'viewer' })).status).toBe(403);
        if (call.method !== 'POST')
          expect((await ask(path.replace('p00', 'p40'), call)).status, call.method).toBe(404);
        for (const [type, status] of [
          [true, 503],
          ['ValidationException', 500],
        ] as const) {
          fault.current = (operation) => (operation === 'Query' ? type : false);
          expect((await ask(path, call)).status, call.method).toBe(status);
          fault.current = () => false;
        }
      }
      expect((await ask('/request-logs/views', { method: 'POST', body: view })).status).toBe(409);
      const changed = await ask('/request-logs/views/p00', { method: 'PUT', body: change });
      expect(changed.status).toBe(200);
      expect((await ask('/request-logs/views/p00', { method: 'PUT', body: change })).status).toBe(409);
      const path = '/request-logs/views/p00?version=';
      expect((await ask(path + version, { method: 'DELETE' })).status).toBe(409);
      expect((await ask(path + JSON.parse(changed.text).version, { method: 'DELETE' })).status).toBe(204);
    }, 120_000);

    it('documents the responses to unauthorized callers', async () => {
      for (const path of secured()) {
        expect((await ask(path, { token: null })).status, path).toBe(401);
        expect((await ask(path, { token: 'nonsense' })).status, path).toBe(401);
        expect((await ask(path, { persona: 'viewer' })).status, path).toBe(403);
        const token = await harness.stack.token('admin', { organization: undefined });
        expect((await ask(path, { token: token ?? null })).status, path).toBe(403);
      }
      expect((await ask('/request-logs?debug=true', { persona: 'account-operator' })).status).toBe(403);
    });

    it('documents the response of a throttled store', async () => {
      fault.current = (operation) => operation === 'Query' || operation === 'GetItem';
      for (const path of secured()) expect((await ask(path)).status, path).toBe(503);
      fault.current = () => false;
    });

    it('documents the response to an internal error', async () => {
      fault.current = (operation) =>
        operation === 'Query' || operation === 'GetItem' ? 'ValidationException' : false;
      for (const path of secured()) expect((await ask(path)).status, path).toBe(500);
      fault.current = () => false;
    });

    it('documents the response when a function fails', async () => {
      fault.current = () => 'hang';
      const received = await ask(`/request-logs/${id}`);
      expect([500, 503]).toContain(received.status);
      fault.current = () => false;
    }, 120_000);

    it('is public, and served with 304 to clients that have it', async () => {
      const { status, headers, text } = await ask('/openapi.json', { token: null });
      expect(status).toBe(200);
      expect(JSON.parse(text)).toEqual(apiDocument);
      expect(headers.get('cache-control')).toMatch(/^public, max-age=\d+$/);
      const etag = headers.get('etag') ?? '';
      for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
        const again = await ask('/openapi.json', { token: null, headers: { 'if-none-match': known } });
        expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
      }
      const other = await ask('/openapi.json', { token: null, headers: { 'if-none-match': '"other"' } });
      expect(other.status).toBe(200);
    });

    it('covers every documented status except those of API Gateway and failing functions', () => {
      const documented = Object.entries<Record<string, { responses: object }>>(apiDocument.paths).flatMap(
        ([path, operations]) =>
          Object.entries(operations).flatMap(([method, { responses }]) =>
            Object.keys(responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
          ),
      );
      const unseen = documented.filter((one) => !seen.has(one) && !one.endsWith(' 429'));
      const ofLog = unseen.filter((one) => one.startsWith('GET /request-logs/log/'));
      expect(ofLog.every((one) => one.endsWith(' 500') || one.endsWith(' 503'))).toBe(true);
      expect(unseen.filter((one) => !ofLog.includes(one))).toEqual([
        'GET /openapi.json 500',
        'GET /openapi.json 503',
      ]);
    });

    describe('the client', () => {
      const client = () =>
        createRequestLogsClient({
          baseUrl: harness.stack.url,
          getToken: async () => (await harness.stack.token('admin')) ?? '',
        });

      it('reads all pages, the entries, and the directory', async () => {
        const all = await harness.ids('');
        const items: ListItem[] = [];
        for await (const page of client().pages({ limit: 3 })) items.push(...page.items);
        expect(items.map((item) => item.id)).toEqual(all);
        const entry = await client().getEntry(id);
        expect(entry.changes).toHaveLength(entry.changeCount);
        const { values } = await client().listDirectory('resources', { prefix: 'ORD' });
        expect(values.map(({ value }) => value)).toContain('orders-d');
      });

      it('finds a name with a comma, quotes, and an ampersand', async () => {
        const { items } = await client().listEntries({ resource: [awkwardName] });
        expect(items.map(({ target }) => target.name)).toEqual([awkwardName]);
      });

      it('exports the same entries in several pages as in one', async () => {
        const onePage = await client().exportEntries({ format: 'csv' });
        let [text, count] = ['', 0];
        for await (const page of client().exportPages({ format: 'csv', limit: 2 })) {
          text += page.text;
          count += page.count;
        }
        expect([text, count]).toEqual([onePage.text, onePage.count]);
        expect(onePage).toMatchObject({ complete: true, nextCursor: null });
      });

      it('reports the problem of an invalid request', async () => {
        await expect(client().listEntries({ limit: 0 })).rejects.toMatchObject({
          status: 400,
          code: 'INVALID_PARAMETER',
          field: 'limit',
        });
      });

      it('retries while the store is throttled', async () => {
        let refused = 0;
        fault.current = (operation) => operation === 'GetItem' && refused++ < 4;
        expect((await client().getEntry(id)).id).toBe(id);
        expect(refused).toBeGreaterThan(4);
      });
    });
  });
}
