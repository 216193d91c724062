// What every query function does around its own work: the caller from the token, the permission, logs, metrics and
// problem details.
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Caller, readCaller, requirePermission } from '../core/caller.ts';
import { readIdentityClaims, readRoleMap } from './configuration.ts';
import { problemDetails } from './problem-details.ts';
import { logger } from './telemetry.ts';

/** The permission that every route needs. */
const readPermission = 'request-logs:read';

export type QueryEvent = APIGatewayProxyEventV2WithJWTAuthorizer;

/** A handler that answers the caller's request with what `answer` gives, as JSON. */
export function queryHandler(answer: (event: QueryEvent, caller: Caller) => Promise<unknown>) {
  const claimNames = readIdentityClaims();
  const roleMap = readRoleMap();
  return middy<QueryEvent, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(problemDetails())
    .handler(async (event) => {
      const caller = readCaller(event.requestContext.authorizer.jwt.claims, claimNames);
      const { userId, organizationId, role } = caller;
      logger.appendKeys({ caller: { userId, organizationId, role } });
      requirePermission(caller, roleMap, readPermission);
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(await answer(event, caller)),
      };
    });
}
