// Compresses responses with gzip for clients that accept it. Must not be used for a response that contains a secret
// beside text that an attacker chooses; docs/decisions/0030-compress-responses.md explains why responses here contain none.
import { constants, gzipSync } from 'node:zlib';
import type { MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';

type Result = APIGatewayProxyStructuredResultV2;

/** A smaller body fits in one network packet with its headers, so compression would save nothing. */
const minCompressedBytes = 1024;

/**
 * Whether an `Accept-Encoding` header allows gzip: by name or else by `*`, with a weight above 0
 * (https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding).
 */
export function acceptsGzip(acceptEncoding = ''): boolean {
  const weights = new Map(
    acceptEncoding.split(',').map((coding) => {
      const [name = '', ...parameters] = coding.split(';').map((part) => part.trim().toLowerCase());
      return [name, !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))];
    }),
  );
  return weights.get('gzip') ?? weights.get('*') ?? false;
}

/** Returns the result with a gzip body, encoded in base64 as API Gateway expects binary bodies. */
export function gzipResult(result: Result, level: number): Result {
  return {
    ...result,
    headers: { ...result.headers, 'content-encoding': 'gzip' },
    body: gzipSync(result.body ?? '', { level }).toString('base64'),
    isBase64Encoded: true,
  };
}

/**
 * Returns the result, compressed if the client accepts gzip and the body is not small or encoded already. Always adds
 * `vary`, because caches must know that the response depends on the header.
 */
export function compressResult(result: Result, event: Pick<APIGatewayProxyEventV2, 'headers'>): Result {
  const varying = { ...result, headers: { ...result.headers, vary: 'accept-encoding' } };
  const isCompressible =
    !result.isBase64Encoded && Buffer.byteLength(result.body ?? '') >= minCompressedBytes;
  if (!isCompressible || !acceptsGzip(event.headers['accept-encoding'])) return varying;
  // The fastest level: higher ones save about a tenth of the bytes and take several times the CPU time.
  return gzipResult(varying, constants.Z_BEST_SPEED);
}

/** Middleware that compresses the response. Use it before the middleware that creates error responses. */
export function compression(): MiddlewareObj<APIGatewayProxyEventV2WithJWTAuthorizer, Result> {
  const compress = (request: { event: APIGatewayProxyEventV2; response: Result | null | undefined }) => {
    if (request.response) request.response = compressResult(request.response, request.event);
  };
  return {
    after: (request) => compress(request),
    onError: (request) => compress(request),
  };
}
