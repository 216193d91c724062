// Answers errors as problem details (RFC 9457) with a stable `code`. What is not the caller's to mend is logged and
// answered without its message.
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ErrorCode, errorCodes, RequestLogsError } from '../core/errors.ts';
import { describeError, logger } from './telemetry.ts';

const problems: Record<ErrorCode, { readonly status: number; readonly title: string }> = {
  [errorCodes.invalidParameter]: { status: 400, title: 'Invalid parameter' },
  [errorCodes.invalidCursor]: { status: 400, title: 'Invalid cursor' },
  [errorCodes.forbidden]: { status: 403, title: 'Forbidden' },
  [errorCodes.notFound]: { status: 404, title: 'Not found' },
  [errorCodes.storeUnavailable]: { status: 503, title: 'Store unavailable' },
  [errorCodes.entryTooLarge]: { status: 500, title: 'Internal error' },
  [errorCodes.invalidConfiguration]: { status: 500, title: 'Internal error' },
};

/** Seconds after which a client may try again when the store was unavailable. */
const retryAfterSeconds = 2;

function toProblem(error: unknown): APIGatewayProxyStructuredResultV2 {
  const known = error instanceof RequestLogsError ? problems[error.code] : undefined;
  const { status, title } = known ?? { status: 500, title: 'Internal error' };
  const isShown = error instanceof RequestLogsError && status !== 500;
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': String(retryAfterSeconds) } : {}),
    },
    body: JSON.stringify({
      type: 'about:blank',
      title,
      status,
      code: isShown ? error.code : 'INTERNAL_ERROR',
      ...(isShown ? { detail: error.message } : {}),
      ...(isShown && error.field !== undefined ? { field: error.field } : {}),
    }),
  };
}

/** Middleware that turns a thrown error into its problem details. */
export function problemDetails(): MiddlewareObj<
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2
> {
  return {
    onError: (request) => {
      request.response = toProblem(request.error);
      const { statusCode } = request.response;
      const level = (statusCode ?? 500) >= 500 ? 'error' : 'info';
      logger[level]('request refused', { statusCode, error: describeError(request.error) });
    },
  };
}
