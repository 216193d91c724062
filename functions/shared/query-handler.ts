// Wraps every query function: reads the caller from the token, checks the permission, and adds logs, the trace
// and problem details.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Caller, readCaller, requirePermission } from '../../core/access/caller.ts';
import type { ReadPermission } from '../../core/contract/vocabulary.ts';
import { apiTrace } from './api-trace.ts';
import { compression } from './compression.ts';
import { readIdentityClaims, readRoleMap } from './configuration.ts';
import { logger } from './logs.ts';
import { problemDetails } from './problem-details.ts';

export type QueryEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
export type QueryResult = APIGatewayProxyStructuredResultV2;

/**
 * Creates a handler for callers whose role grants all these permissions. Errors that `respond` throws become
 * problem details. Responses are compressed for clients that accept gzip.
 */
export function queryHandler(
  permissions: readonly ReadPermission[],
  respond: (event: QueryEvent, caller: Caller) => Promise<QueryResult>,
) {
  const claimNames = readIdentityClaims();
  const roleMap = readRoleMap();
  return middy<QueryEvent, QueryResult>()
    .use(apiTrace())
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(compression())
    .use(problemDetails())
    .handler((event) => {
      const caller = readCaller(event.requestContext.authorizer.jwt.claims, claimNames);
      const { userId, organizationId, role } = caller;
      // The request id in the API's access log.
      const apiRequestId = event.requestContext.requestId;
      logger.appendKeys({ caller: { userId, organizationId, role }, apiRequestId });
      for (const permission of permissions) requirePermission(caller, roleMap, permission);
      return respond(event, caller);
    });
}

/** Returns a response with `body` as JSON. Entries are never cached. */
export function jsonResult(body: object): QueryResult {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: JSON.stringify(body),
  };
}

/** Returns a response with plain text. */
export function textResult(body: string): QueryResult {
  const { headers, ...result } = jsonResult({});
  return { ...result, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body };
}
