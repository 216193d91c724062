// Runs the code of a CloudFront function on a request, in a new context each time, as CloudFront does.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
import { createContext, Script } from 'node:vm';
import * as z from 'zod/mini';
import { type HttpRequest, joinHeaders } from '../http-api/event.ts';
import type { HttpResponse } from '../http-api/response.ts';

const valueSchema = z.looseObject({ value: z.string() });

const returnedSchema = z.union([
  z.looseObject({ uri: z.string(), method: z.string() }),
  z.looseObject({
    statusCode: z.number(),
    headers: z.optional(z.record(z.string(), valueSchema)),
    body: z.optional(z.union([z.string(), z.looseObject({ data: z.string() })])),
  }),
]);

/** The result of the function: a changed request, or a response. */
export type ViewerRequest = (
  request: HttpRequest,
) => Promise<{ readonly uri: string } | { readonly response: HttpResponse }>;

/** Ends endless loops. CloudFront's own limit is less than a millisecond of compute time. */
const timeoutMillis = 1_000;

/**
 * The returned function throws the errors of the code, and fails when the result is neither a request nor a response.
 */
export function loadViewerRequest(code: string, distributionId: string): ViewerRequest {
  const script = new Script(`${code}\n;(async () => JSON.stringify(await handler(JSON.parse(event))))()`, {
    filename: 'viewer-request.js',
  });
  return async (request) => {
    const context = createContext({ event: JSON.stringify(eventFor(request, distributionId)) });
    const result: unknown = await script.runInContext(context, { timeout: timeoutMillis });
    const returned = returnedSchema.parse(JSON.parse(String(result)));
    if ('uri' in returned) return { uri: String(returned.uri) };
    const { statusCode, headers = {}, body = '' } = returned;
    return {
      response: {
        status: Number(statusCode),
        headers: Object.fromEntries(
          Object.entries(headers as Record<string, { value: string }>).map(([name, { value }]) => [
            name,
            value,
          ]),
        ),
        body: typeof body === 'string' ? body : (body as { data: string }).data,
      },
    };
  };
}

function eventFor(request: HttpRequest, distributionId: string): object {
  const headers = joinHeaders(request.headers);
  const wrap = (entries: Iterable<[string, string]>) =>
    Object.fromEntries(Array.from(entries, ([name, value]) => [name, { value }]));
  const { cookie = '', ...others } = headers;
  const cookies = cookie
    .split(/;\s*/)
    .map((pair): [string, string] => [pair.split('=')[0] ?? '', pair.split('=').slice(1).join('=')])
    .filter(([name]) => name !== '');
  return {
    version: '1.0',
    context: { eventType: 'viewer-request', distributionId, distributionDomainName: headers.host ?? '' },
    viewer: { ip: request.sourceIp },
    request: {
      method: request.method,
      uri: request.rawPath,
      querystring: wrap(new URLSearchParams(request.rawQuery)),
      headers: wrap(Object.entries(others)),
      cookies: wrap(cookies),
    },
  };
}
