// Fakes the API on 127.0.0.1: sends the responses that a test defines and records the requests.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | string;
}

export interface FakeRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface FakeApi {
  readonly url: string;
  /** In the order received. */
  readonly requests: FakeRequest[];
  /** Next responses, in order. The last one is repeated. */
  answers: FakeAnswer[];
  stop(): Promise<void>;
}

export async function startFakeApi(): Promise<FakeApi> {
  const requests: FakeRequest[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://fake');
    const { authorization } = request.headers;
    requests.push({ path: url.pathname, query: url.searchParams, authorization });
    const answer = (api.answers.length > 1 ? api.answers.shift() : api.answers[0]) ?? { status: 500 };
    const { status = 200, headers = {}, body = '' } = answer;
    const isText = typeof body === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
    response.end(isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: FakeApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answers: [],
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return api;
}
