// The API's part of a trace. X-Ray traces no HTTP API, so the function tells of the request what the API knew, as a
// subsegment of its own trace: never the query, which may name people.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { readTraceHeader } from './trace-header.ts';

/** Goes before each document (https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html). */
const daemonHeader = '{"format": "json", "version": 1}\n';

type ApiRequest = Pick<APIGatewayProxyEventV2['requestContext'], 'requestId' | 'routeKey' | 'timeEpoch'>;

/**
 * Adds the request to the trace of this run: from when the API took it until now, with its route, status and id as
 * annotations, by which X-Ray finds it. Does nothing when X-Ray keeps no trace of this run; never fails.
 */
export async function traceApiRequest(request: ApiRequest, statusCode: number): Promise<void> {
  const trace = readTraceHeader(process.env._X_AMZN_TRACE_ID);
  const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS?.split(':') ?? [];
  if (!trace?.sampled || trace.parentId === undefined || port === undefined) return;
  const now = Date.now();
  const subsegment = {
    type: 'subsegment',
    id: randomBytes(8).toString('hex'),
    trace_id: trace.traceId,
    parent_id: trace.parentId,
    name: 'HTTP API',
    // In seconds. The API has a clock of its own, and X-Ray takes nothing that ends before it begins.
    start_time: Math.min(request.timeEpoch, now) / 1000,
    end_time: now / 1000,
    error: statusCode >= 400 && statusCode < 500,
    fault: statusCode >= 500,
    annotations: { route: request.routeKey, status: statusCode, apiRequestId: request.requestId },
  };
  const socket = createSocket('udp4');
  // Waited for, since Lambda halts the process once it has answered. What cannot be sent is one trace, not an answer.
  await new Promise((resolve) => {
    socket
      .once('error', resolve)
      .send(daemonHeader + JSON.stringify(subsegment), Number(port), host, resolve);
  }).catch(() => {});
  socket.close();
}

/** Middleware that adds the request to the trace once its answer is known; to be used before all others. */
export function apiTrace(): MiddlewareObj<
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2
> {
  return {
    after: ({ event, response }) => traceApiRequest(event.requestContext, response?.statusCode ?? 200),
    onError: ({ event, response }) => traceApiRequest(event.requestContext, response?.statusCode ?? 500),
  };
}
