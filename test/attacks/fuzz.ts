// Thousands of requests generated from the API document: every response is documented, no response is a server
// error, and no request stays without a response. `ATTACKS_REQUESTS` sets their number, `ATTACKS_SEED` the seed.
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Harness } from '../e2e/harness.ts';
import { documentedPath, type ReceivedResponse, responseIssues } from '../support/api-document.ts';
import { curlLine, type Known, type MadeRequest, makeRequest } from './request-maker.ts';
import { runSeed, Seeded } from './seeded.ts';

const count = Number(process.env.ATTACKS_REQUESTS ?? 300);
const side = 8;
const timeoutMillis = 60_000;

/** Sends a request exactly as generated. `fetch` would normalize its path. */
function send(base: string, { method, target, headers }: MadeRequest): Promise<ReceivedResponse> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path: target, headers, timeout: timeoutMillis },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const pairs = Object.entries(response.headersDistinct).map(([name, values]): [string, string] => [
            name,
            (values ?? []).join(', '),
          ]);
          const body = Buffer.concat(chunks);
          const isCompressed = response.headers['content-encoding'] === 'gzip' && body.length > 0;
          resolve({
            status: response.statusCode ?? 0,
            headers: new Headers(pairs),
            text: (isCompressed ? gunzipSync(body) : body).toString(),
          });
        });
        response.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no response in ${timeoutMillis} ms`)));
    sent.on('error', reject);
    sent.end();
  });
}

/** Statuses that API Gateway itself returns for requests that match no route or are too large. */
const gatewayStatuses = new Set([400, 401, 404, 413, 414, 431]);

/** The path as API Gateway decodes it. */
function readPath(target: string): string {
  const path = target.split('?')[0] ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Whether the distribution forwards the request to the API, based on the path as sent. All other requests go to
 * the page.
 */
function isForApi(target: string): boolean {
  const path = target.split('?')[0] ?? '';
  return path.startsWith('/request-logs') || path === '/openapi.json';
}

/** Lists the undocumented parts of a response. */
function issuesOf({ method, target, headers }: MadeRequest, response: ReceivedResponse): string[] {
  if (response.status >= 500) return [`status ${response.status}`];
  const isTooLarge = response.status === 431 && JSON.stringify([target, headers]).length > 8_000;
  if (!isForApi(target) || (method !== 'GET' && isOfDistribution(response)))
    return isTooLarge ? [] : pageIssues(method, response);
  const path = readPath(target);
  const isRoute = method === 'GET' && documentedPath(path) !== undefined;
  if (isRoute && !isTooLarge) return responseIssues(path, response);
  if (!gatewayStatuses.has(response.status)) return [`status ${response.status} for an unknown route`];
  if (method === 'HEAD') return [];
  const message: unknown = JSON.parse(response.text).message;
  return typeof message === 'string' ? [] : ['a response that is not from API Gateway'];
}

/** CloudFront's own response to a method that it does not forward. */
function isOfDistribution({ status, text }: ReceivedResponse): boolean {
  return status === 403 && text.startsWith('<h1>403</h1>');
}

/**
 * Lists the problems of a response that must be the page, or an error of the bucket or CloudFront, and never an
 * entry.
 */
function pageIssues(method: string, { status, headers, text }: ReceivedResponse): string[] {
  const isBodyless = method === 'HEAD' || status === 304;
  const isPage = status === 200 && headers.get('content-type') === 'text/html';
  if (isPage && (isBodyless || text.startsWith('<!doctype html>'))) return [];
  if (status === 304 && text === '') return [];
  if (status === 403 && (isBodyless || /^<h1>403<|<Code>AccessDenied<\/Code>/.test(text))) return [];
  return [`status ${status} from the bucket of the page`];
}

async function learn(harness: Harness): Promise<Known> {
  const personas = ['admin', 'admin', 'auditor', 'account-operator', 'viewer', 'globex-admin'];
  const tokens = await Promise.all(personas.map((persona) => harness.stack.token(persona)));
  const pages = await Promise.all(
    [
      '?limit=1',
      '?limit=2&order=asc',
      '?action=UPDATE&limit=1',
      '/directory/users?limit=1',
      '/directory/resources?limit=1',
    ].map((query) => harness.get(`/request-logs${query}`)),
  );
  return {
    tokens: tokens.filter((token) => token !== undefined),
    ids: await harness.ids(''),
    cursors: pages.map(({ body }) => body.nextCursor).filter((cursor) => typeof cursor === 'string'),
  };
}

export function describeFuzz(harness: () => Harness): void {
  it(
    `documents the response to each of ${count} generated requests`,
    async () => {
      const known = await learn(harness());
      const base = harness().stack.url;
      const statuses = new Map<number, number>();
      const failures: string[] = [];
      let next = 0;
      const work = async () => {
        while (next < count && failures.length < 10) {
          const number = next++;
          // Each request has its own seed, so that it can be reproduced alone.
          const made = makeRequest(new Seeded(runSeed * 100_003 + number), known);
          const issues = await send(base, made).then(
            (response) => {
              statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
              return issuesOf(made, response).map((issue) => `${issue}\n${response.text.slice(0, 300)}`);
            },
            (error: unknown) => [String(error)],
          );
          for (const issue of issues)
            failures.push(`request ${number}, seed ${runSeed}: ${issue}\n${curlLine(base, made)}`);
        }
      };
      await Promise.all(Array.from({ length: side }, work));
      const tally = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
      console.log(`${next} requests, seed ${runSeed}; responses ${tally.join(', ')}`);
      expect(failures).toEqual([]);
      expect(statuses.get(200) ?? 0).toBeGreaterThan(count / 10);
    },
    Math.max(300_000, count * 200),
  );
}
