import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { defaultIdentityClaims } from '../../../core/access/identity-claims.ts';
import { errorCodes, RequestLogsError } from '../../../core/values/errors.ts';
import { handler as getOpenApi } from '../../../functions/get-openapi.ts';
import { acceptsGzip, compressResult } from '../../../functions/shared/compression.ts';
import type { QueryEvent } from '../../../functions/shared/query-handler.ts';
import { policy } from '../../support/fixtures.ts';

// queryHandler reads these variables when it creates a handler.
vi.stubEnv('IDENTITY_CLAIMS', JSON.stringify(defaultIdentityClaims));
vi.stubEnv('ROLE_MAP', JSON.stringify(policy.roleMap));
const { jsonResult, queryHandler } = await import('../../../functions/shared/query-handler.ts');

const text = 'ä'.repeat(1000);
const asking = (acceptEncoding?: string) => ({
  headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding },
});

describe('acceptsGzip', () => {
  it.each(['gzip', 'deflate, gzip;q=1.0, br', 'br, GZIP ; q=0.5', '*', 'identity;q=0, *;q=0.1'])(
    'accepts %j',
    (header) => expect(acceptsGzip(header)).toBe(true),
  );
  it.each([undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.000, br', '*;q=0', 'gzip;q=0, *', 'x-gzip'])(
    'does not accept %j',
    (header) => expect(acceptsGzip(header)).toBe(false),
  );
});

describe('compressResult', () => {
  const result = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: text };

  it('compresses the body and keeps status and content type', () => {
    const { body, ...rest } = compressResult(result, asking('gzip, br'));
    expect(rest).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', vary: 'accept-encoding' },
      isBase64Encoded: true,
    });
    expect(gunzipSync(Buffer.from(body ?? '', 'base64')).toString()).toBe(text);
  });

  it('leaves the body of other clients, small bodies, and encoded bodies as they are', () => {
    const headers = { ...result.headers, vary: 'accept-encoding' };
    expect(compressResult(result, asking('br'))).toEqual({ ...result, headers });
    expect(compressResult(result, asking())).toEqual({ ...result, headers });
    const small = { ...result, body: '{}' };
    expect(compressResult(small, asking('gzip'))).toEqual({ ...small, headers });
    const encoded = { ...result, isBase64Encoded: true };
    expect(compressResult(encoded, asking('gzip'))).toEqual({ ...encoded, headers });
  });
});

const context = { functionName: 'query', awsRequestId: 'request' } as Context;
const requestOf = (acceptEncoding: string) => ({
  ...asking(acceptEncoding),
  requestContext: {
    requestId: 'request',
    routeKey: 'GET /request-logs',
    timeEpoch: 0,
    authorizer: { jwt: { claims: { sub: 'u-1', organization: 'acme', role: 'Admin' }, scopes: [] } },
  },
});
const unpack = ({ body }: { readonly body?: string | undefined }) =>
  gunzipSync(Buffer.from(body ?? '', 'base64')).toString();

describe('queryHandler', () => {
  it('compresses responses and long error responses', async () => {
    const event = requestOf('gzip') as unknown as QueryEvent;
    const list = queryHandler([], async () => jsonResult({ text }));
    const listed = await list(event, context);
    expect(listed).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store' } });
    expect(JSON.parse(unpack(listed))).toEqual({ text });
    const failing = queryHandler([], async () => {
      throw new RequestLogsError(errorCodes.invalidParameter, text, { field: 'user' });
    });
    const failed = await failing(event, context);
    expect(failed).toMatchObject({
      statusCode: 400,
      headers: { 'content-type': 'application/problem+json', 'content-encoding': 'gzip' },
    });
    expect(JSON.parse(unpack(failed))).toMatchObject({ detail: text, field: 'user' });
  });
});

describe('GET /openapi.json', () => {
  it('has one entity tag for both encodings', async () => {
    const ask = (acceptEncoding: string, etag?: string) => {
      const event = requestOf(acceptEncoding);
      const headers = { ...event.headers, ...(etag !== undefined && { 'if-none-match': etag }) };
      return getOpenApi({ ...event, headers } as unknown as APIGatewayProxyEventV2);
    };
    const [plain, compressed] = [await ask('identity'), await ask('gzip')];
    expect(JSON.parse(unpack(compressed))).toEqual(JSON.parse(plain.body ?? ''));
    expect(compressed.headers?.etag).toBe(plain.headers?.etag);
    expect(await ask('gzip', String(plain.headers?.etag))).toEqual({
      statusCode: 304,
      headers: expect.objectContaining({ etag: plain.headers?.etag, vary: 'accept-encoding' }),
    });
  });
});
