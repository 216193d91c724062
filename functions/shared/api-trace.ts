// Adds the API's part of a request to the X-Ray trace. X-Ray does not trace HTTP APIs, so the function sends a
// subsegment with what API Gateway knows about the request. It never contains the query, which can name people.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { readTraceHeader } from './trace-header.ts';

/** Precedes each document (https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html). */
const daemonHeader = '{"format": "json", "version": 1}\n';

type ApiRequest = Pick<APIGatewayProxyEventV2['requestContext'], 'requestId' | 'routeKey' | 'timeEpoch'>;

/**
 * Adds the request to the trace of this invocation, from the time the API received it until now. Route, status
 * and request id are annotations, so X-Ray can search for them. Does nothing when the trace is not sampled.
 * Never fails.
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
    // In seconds. The API has its own clock, and X-Ray rejects a segment that ends before it starts.
    start_time: Math.min(request.timeEpoch, now) / 1000,
    end_time: now / 1000,
    error: statusCode >= 400 && statusCode < 500,
    fault: statusCode >= 500,
    annotations: { route: request.routeKey, status: statusCode, apiRequestId: request.requestId },
  };
  const socket = createSocket('udp4');
  // Wait for it, because Lambda freezes the process after the response. A failure to send loses one trace, not
  // the response.
  await new Promise((resolve) => {
    socket
      .once('error', resolve)
      .send(daemonHeader + JSON.stringify(subsegment), Number(port), host, resolve);
  }).catch(() => {});
  socket.close();
}

/** Middleware that adds the request to the trace once its response is known. Use it before all other middleware. */
export function apiTrace(): MiddlewareObj<
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2
> {
  return {
    after: ({ event, response }) => traceApiRequest(event.requestContext, response?.statusCode ?? 200),
    onError: ({ event, response }) => traceApiRequest(event.requestContext, response?.statusCode ?? 500),
  };
}
