// GET /openapi.json: the API document. It needs no authorization and is part of the bundle, so nothing is read.
import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import document from '../docs/openapi.json' with { type: 'json' };
import { traceApiRequest } from './shared/api-trace.ts';
import { compressResult } from './shared/compression.ts';

/** Caches revalidate after this time and get a 304 response until a deployment changes the document. */
const maxAgeSeconds = 300;

const body = JSON.stringify(document);
/** A weak tag, because the compressed body has the same one. */
const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
const headers = { etag, 'cache-control': `public, max-age=${maxAgeSeconds}` };

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const statusCode = matchesEtag(event.headers['if-none-match']) ? 304 : 200;
  await traceApiRequest(event.requestContext, statusCode);
  if (statusCode === 304) return compressResult({ statusCode, headers }, event);
  return compressResult(
    { statusCode, headers: { ...headers, 'content-type': 'application/json' }, body },
    event,
  );
}

/** Whether `If-None-Match` contains this document's entity tag (weak comparison, RFC 9110, section 13.1.2). */
function matchesEtag(ifNoneMatch: string | undefined): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  const tags = ifNoneMatch?.split(',').map(opaque) ?? [];
  return tags.includes(opaque(etag)) || tags.includes('*');
}
