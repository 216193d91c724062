// Returns errors as problem details (RFC 9457) with a stable `code`. Errors that the caller cannot fix are
// logged, and the response omits their message.
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem } from '../../core/api/problem-schemas.ts';
import { internalProblem, isInternal, problems, retryAfterSeconds } from '../../core/api/problems.ts';
import { RequestLogsError } from '../../core/values/errors.ts';
import { describeError, logger } from './logs.ts';

function toProblem(error: unknown): APIGatewayProxyStructuredResultV2 {
  const known = error instanceof RequestLogsError ? { ...problems[error.code], error } : undefined;
  const problem: Problem =
    known === undefined || isInternal(known.error.code)
      ? { type: 'about:blank', ...internalProblem }
      : {
          type: 'about:blank',
          title: known.title,
          status: known.status,
          code: known.error.code,
          detail: known.error.message,
          field: known.error.field,
          candidates: known.error.candidates,
        };
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(problem.status === 503 ? { 'retry-after': String(retryAfterSeconds) } : {}),
    },
    body: JSON.stringify(problem),
  };
}

/** Middleware that converts a thrown error to problem details. */
export function problemDetails(): MiddlewareObj<
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2
> {
  return {
    onError: (request) => {
      request.response = toProblem(request.error);
      const { statusCode } = request.response;
      const level = (statusCode ?? 500) >= 500 ? 'error' : 'info';
      logger[level]('request rejected', { statusCode, error: describeError(request.error) });
    },
  };
}
