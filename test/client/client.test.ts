import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ApiError,
  createRequestLogsClient,
  exactTerm,
  type RequestLogsClientOptions,
} from '../../client/client.ts';
import { printTerm } from '../../core/query/filter-grammar.ts';
import { type FakeApi, startFakeApi } from './fake-api.ts';

const page = (nextCursor: string | null) => ({
  items: [],
  nextCursor,
  complete: nextCursor === null,
  searchedThrough: '2026-11-05T16:40:51.000Z',
});

const busy = { status: 503, headers: { 'retry-after': '0' }, body: { message: 'Service Unavailable' } };

let api: FakeApi;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(() => api.stop());

function makeClient(options: Partial<RequestLogsClientOptions> = {}) {
  return createRequestLogsClient({ baseUrl: api.url, getToken: () => 'token-1', ...options });
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error(`not an ApiError: ${error}`);
  return error;
}

describe('createRequestLogsClient', () => {
  it('sends the token and the parameters when it lists entries', async () => {
    api.answers = [{ body: page(null) }];
    const answer = await makeClient().listEntries({
      from: '2026-11-01',
      action: ['CREATE', 'DELETE'],
      limit: 7,
      debug: true,
    });
    expect(answer).toEqual(page(null));
    expect(api.requests[0]).toMatchObject({ path: '/request-logs', authorization: 'Bearer token-1' });
    expect([...(api.requests[0]?.query ?? [])]).toEqual([
      ['from', '2026-11-01'],
      ['action', 'CREATE'],
      ['action', 'DELETE'],
      ['limit', '7'],
      ['debug', 'true'],
    ]);
  });

  it('escapes commas in values and omits undefined or empty parameters', async () => {
    api.answers = [{ body: page(null) }];
    await makeClient().listEntries({ user: ['u,4', 'u-5'], region: [] });
    expect([...(api.requests[0]?.query ?? [])]).toEqual([
      ['user', 'u\\,4'],
      ['user', 'u-5'],
    ]);
  });

  it('leaves escaped commas as they are', async () => {
    api.answers = [{ body: page(null) }];
    await makeClient().listEntries({ user: ['a\\,b,c\\\\,!'] });
    expect(api.requests[0]?.query.get('user')).toBe('a\\,b\\,c\\\\\\,!');
  });

  it('writes exact terms as the API does', () => {
    const unit = fc.constantFrom('a', '\\', ',', '*', '!');
    fc.assert(
      fc.property(fc.string({ unit }), (value) => {
        expect(exactTerm(value)).toBe(printTerm({ text: value, isNegated: false, isPrefix: false }));
      }),
    );
  });

  it('gets an entry with any ID', async () => {
    api.answers = [{ body: { id: 'x' } }];
    expect(await makeClient().getEntry('a/b?c')).toEqual({ id: 'x' });
    expect(api.requests[0]?.path).toBe('/request-logs/a%2Fb%3Fc');
  });

  it('lists the values of a field', async () => {
    api.answers = [{ body: { values: [{ value: 'orders-d' }], nextCursor: null } }];
    await makeClient().listDirectory('resources', { prefix: 'ord' });
    expect(api.requests[0]).toMatchObject({ path: '/request-logs/directory/resources' });
    expect(api.requests[0]?.query.get('prefix')).toBe('ord');
  });

  it('exports a page as text with the metadata from the headers', async () => {
    const headers = {
      'x-next-cursor': 'c1',
      'x-complete': 'false',
      'x-searched-through': '2026-11-05T16:40:51.000Z',
      'x-entry-count': '2',
    };
    api.answers = [{ headers, body: '{"id":"1"}\n{"id":"2"}\n' }];
    expect(await makeClient().exportEntries({ format: 'ndjson' })).toEqual({
      text: '{"id":"1"}\n{"id":"2"}\n',
      count: 2,
      nextCursor: 'c1',
      complete: false,
      searchedThrough: '2026-11-05T16:40:51.000Z',
    });
  });

  it('returns empty text for an empty export', async () => {
    api.answers = [{ headers: { 'x-complete': 'true', 'content-length': '0' } }];
    expect(await makeClient().exportEntries({ format: 'ndjson' })).toMatchObject({
      text: '',
      count: 0,
      nextCursor: null,
      complete: true,
    });
  });

  it('calls getToken before every request', async () => {
    let number = 0;
    api.answers = [{ body: page('c1') }, busy, { body: page(null) }];
    const client = makeClient({ getToken: async () => `token-${++number}` });
    for await (const _ of client.pages());
    expect(api.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-3',
    ]);
  });

  it('uses a custom fetch', async () => {
    const asked: string[] = [];
    const client = makeClient({
      fetch: async (request) => {
        asked.push(request.url);
        return Response.json(page(null));
      },
    });
    await client.listEntries();
    expect(asked).toEqual([`${api.url}/request-logs`]);
  });
});

describe('pages', () => {
  it('follows cursors to the end, including empty pages, with the same parameters', async () => {
    api.answers = [page('c1'), page('c2'), page(null)].map((body) => ({ body }));
    const cursors: (string | null)[] = [];
    for await (const { nextCursor } of makeClient().pages({ user: ['u-1'] })) cursors.push(nextCursor);
    expect(cursors).toEqual(['c1', 'c2', null]);
    expect(api.requests.map(({ query }) => query.toString())).toEqual([
      'user=u-1',
      'user=u-1&cursor=c1',
      'user=u-1&cursor=c2',
    ]);
  });

  it('requests no page before the caller reads it', async () => {
    api.answers = [{ body: page('c1') }];
    for await (const _ of makeClient().pages()) break;
    expect(api.requests).toHaveLength(1);
  });

  it('stops when aborted', async () => {
    api.answers = [{ body: page('c1') }];
    const abort = new AbortController();
    const pages = makeClient().pages({}, { signal: abort.signal });
    await pages.next();
    abort.abort(new Error('enough'));
    await expect(pages.next()).rejects.toThrow('enough');
    expect(api.requests).toHaveLength(1);
  });
});

describe('exportPages', () => {
  it('follows the cursors in the headers', async () => {
    api.answers = [
      { headers: { 'x-next-cursor': 'c1', 'x-complete': 'false' }, body: 'a\r\n' },
      { headers: { 'x-complete': 'true' }, body: 'b\r\n' },
    ];
    let text = '';
    for await (const part of makeClient().exportPages({ format: 'csv' })) text += part.text;
    expect(text).toBe('a\r\nb\r\n');
    expect(api.requests[1]?.query.toString()).toBe('format=csv&cursor=c1');
  });
});

describe('ApiError', () => {
  it('carries the problem details', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Invalid parameter',
      status: 400,
      code: 'INVALID_PARAMETER',
      detail: 'limit must be a whole number from 1 to 200',
      field: 'limit',
    };
    api.answers = [{ status: 400, headers: { 'content-type': 'application/problem+json' }, body: problem }];
    const error = await failureOf(makeClient().listEntries({ limit: 0 }));
    expect(error).toMatchObject({
      name: 'ApiError',
      status: 400,
      code: 'INVALID_PARAMETER',
      field: 'limit',
      retryAfterSeconds: undefined,
      problem,
    });
    expect(error.message).toBe(problem.detail);
    expect(api.requests).toHaveLength(1);
  });

  it('uses the message of an API Gateway error', async () => {
    api.answers = [{ status: 401, body: { message: 'Unauthorized' } }];
    const error = await failureOf(makeClient().getEntry('01M7ZYHQ8XW9PF4D2T6R3K5N1C'));
    expect([error.status, error.code, error.message]).toEqual([401, undefined, 'Unauthorized']);
  });

  it('uses the status when the response is not JSON', async () => {
    api.answers = [{ status: 502, body: '<html>Bad Gateway</html>' }];
    const error = await failureOf(makeClient().exportEntries({ format: 'csv' }));
    expect([error.status, error.message]).toEqual([502, 'HTTP 502']);
  });

  it('fails when a successful response is not JSON', async () => {
    api.answers = [{ body: '<html>Welcome</html>' }];
    const error = await failureOf(makeClient().listEntries());
    expect([error.status, error.message]).toEqual([
      200,
      'the response is not JSON; check that baseUrl is the URL of the API',
    ]);
  });

  it('is not thrown when the API is unreachable', async () => {
    await api.stop();
    await expect(makeClient().listEntries()).rejects.toThrow(TypeError);
  });
});
