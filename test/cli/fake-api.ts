// Fakes the Request Logs API on 127.0.0.1 with responses that the test defines: slow, failing or malformed.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | object;
}

export interface FakeApi extends AsyncDisposable {
  readonly url: string;
  /** Path, query and token of every request but those for tokens. */
  readonly requests: { readonly path: string; readonly query: URLSearchParams; readonly token: string }[];
  /** Personas that asked for a token. */
  readonly personas: string[];
  /** How far the API's clock is ahead of this machine's. */
  aheadMillis: number;
  answer: (request: FakeApi['requests'][number]) => FakeAnswer | Promise<FakeAnswer>;
}

export const emptyPage = {
  items: [],
  nextCursor: null,
  complete: true,
  searchedThrough: '1970-01-01T00:00:00.000Z',
};

export async function startFakeApi(): Promise<FakeApi> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { status = 200, headers = {}, body } = await respond(url, request);
    const isText = typeof body === 'string';
    response.writeHead(status, {
      date: new Date(Date.now() + api.aheadMillis).toUTCString(),
      'content-type': isText ? 'text/csv' : 'application/json',
      ...headers,
    });
    response.end(isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: FakeApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    personas: [],
    aheadMillis: 0,
    answer: () => ({ body: emptyPage }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return api;

  function respond(
    { pathname, searchParams }: URL,
    { headers }: IncomingMessage,
  ): FakeAnswer | Promise<FakeAnswer> {
    if (pathname === '/_local/token') {
      api.personas.push(searchParams.get('persona') ?? '');
      return { body: { token: `token-${api.personas.length}` } };
    }
    // The command line asks for the API's time.
    if (pathname === '/openapi.json') return { body: {} };
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    const request = { path: pathname, query: searchParams, token };
    api.requests.push(request);
    return api.answer(request);
  }
}
