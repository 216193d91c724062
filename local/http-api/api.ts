// Serves the HTTP API: routes, authorizes, invokes the function, responds, and writes the access log.
import { randomUUID } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import type { Stack } from '../cloudformation/stack.ts';
import type { LogFile } from '../functions/log-file.ts';
import type { FunctionPool } from '../functions/pool.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import { servicePrincipal } from '../iam/principals.ts';
import { LocalStackError } from '../shared/errors.ts';
import { renderAccessLog } from './access-log.ts';
import { type AuthorizerSettings, createJwtAuthorizer } from './authorizer.ts';
import { flattenClaims } from './claims.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { commonLogTime, decodePath, type HttpRequest, httpApiEvent, joinHeaders } from './event.ts';
import type { ApiDefinition, ApiRoute } from './load-api.ts';
import { gatewayResponse, type HttpResponse, internalServerError, mapFunctionResult } from './response.ts';
import { createRouter } from './routes.ts';

export interface ApiParts {
  readonly stack: Stack;
  readonly accessCheck: AccessCheck;
  readonly pools: readonly FunctionPool[];
  readonly accessLog: LogFile | undefined;
  /** Public keys of the local issuer; `undefined` for any other issuer. */
  readonly localKeys: (issuer: string) => JWTVerifyGetKey | undefined;
  readonly report: (line: string) => void;
}

/** Quota of HTTP APIs for the request line and all headers, bytes. */
const maxHeaderBytes = 10_240;

interface Outcome {
  readonly response: HttpResponse;
  readonly routeKey?: string;
  readonly claims?: Readonly<Record<string, string>>;
  readonly functionRequestId?: string;
  readonly authorizerError?: string;
  readonly integrationError?: string;
}

export function createHttpApi(api: ApiDefinition, parts: ApiParts) {
  const { stack, accessCheck } = parts;
  const findRoute = createRouter(api.routes);
  const authorizers = new Map<AuthorizerSettings, ReturnType<typeof createJwtAuthorizer>>();
  for (const { authorizer } of api.routes) {
    if (authorizer)
      authorizers.set(authorizer, createJwtAuthorizer(authorizer, parts.localKeys(authorizer.issuer)));
  }
  const apiGateway = servicePrincipal('apigateway.amazonaws.com', stack.accountId);
  const basePath = api.stage === '$default' ? '' : `/${api.stage}`;

  async function respond(request: HttpRequest, requestId: string, time: Date): Promise<Outcome> {
    const headers = joinHeaders(request.headers);
    if (headerBytes(request) > maxHeaderBytes) {
      return { response: gatewayResponse(431, 'Request Header Fields Too Large') };
    }
    if (api.cors && request.method === 'OPTIONS' && headers['access-control-request-method']) {
      return { response: { status: 204, headers: preflightHeaders(api.cors, headers.origin), body: '' } };
    }
    const path = decodePath(request.rawPath);
    const match = path.startsWith(basePath)
      ? findRoute(request.method, path.slice(basePath.length))
      : undefined;
    if (match === undefined) return { response: gatewayResponse(404, 'Not Found') };
    const { route, pathParameters } = match;
    const authorize = route.authorizer && authorizers.get(route.authorizer);
    const authorization = await authorize?.(headers, route.scopes);
    if (authorization && 'unauthorized' in authorization) {
      const reason = authorization.unauthorized;
      const challenge =
        reason === ''
          ? 'Bearer'
          : `Bearer scope="" error="invalid_token" error_description="${reason.replaceAll('"', "'")}"`;
      const response = gatewayResponse(401, 'Unauthorized', { 'www-authenticate': challenge });
      return { response, routeKey: route.routeKey, authorizerError: reason || 'no token' };
    }
    if (authorization && 'forbidden' in authorization) {
      const response = gatewayResponse(403, 'Forbidden', {
        'www-authenticate': `Bearer scope="${route.scopes.join(' ')}" error="insufficient_scope"`,
      });
      return { response, routeKey: route.routeKey, authorizerError: authorization.forbidden };
    }
    const claims = authorization && flattenClaims(authorization.claims);
    const event = httpApiEvent(request, {
      accountId: stack.accountId,
      apiId: api.apiId,
      region: stack.region,
      stage: api.stage,
      routeKey: route.routeKey,
      requestId,
      time,
      pathParameters,
      ...(claims && { jwt: { claims, scopes: authorization.scopes } }),
    });
    return {
      routeKey: route.routeKey,
      ...(claims && { claims }),
      ...(await integrate(route, request.method, event)),
    };
  }

  async function integrate(
    route: ApiRoute,
    method: string,
    event: unknown,
  ): Promise<{ response: HttpResponse; functionRequestId?: string; integrationError?: string }> {
    const pool = parts.pools.find(({ lambda }) => lambda.arn === route.functionArn);
    if (pool === undefined)
      throw new LocalStackError(`route ${route.routeKey} has no function in this stack`);
    const routePath = route.routeKey.split(' ')[1] ?? '/$default';
    const sourceArn = `arn:aws:execute-api:${stack.region}:${stack.accountId}:${api.apiId}/${api.stage}/${method}${routePath}`;
    const denial = await accessCheck.findDenial(
      apiGateway,
      [{ action: 'lambda:InvokeFunction', resourceArn: route.functionArn }],
      { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': stack.accountId },
    );
    if (denial !== undefined) {
      parts.report(denial);
      return { response: internalServerError, integrationError: denial };
    }
    const result = await withTimeout(pool.invoke(JSON.stringify(event)), route.timeoutMillis);
    if (result === undefined) {
      return { response: gatewayResponse(503, 'Service Unavailable'), integrationError: 'timeout' };
    }
    const functionRequestId = result.requestId ?? '';
    if (result.failure !== undefined) {
      const integrationError = result.failure.errorMessage;
      return { response: internalServerError, functionRequestId, integrationError };
    }
    return { response: mapFunctionResult(result.payload), functionRequestId };
  }

  return async (request: HttpRequest): Promise<HttpResponse> => {
    const time = new Date();
    const requestId = randomUUID();
    const outcome = await respond(request, requestId, time);
    const headers = joinHeaders(request.headers);
    const response: HttpResponse = {
      ...outcome.response,
      headers: {
        ...outcome.response.headers,
        'apigw-requestid': requestId,
        ...(api.cors && corsHeaders(api.cors, headers.origin)),
      },
    };
    if (api.accessLog) {
      const line = renderAccessLog(api.accessLog.format, {
        requestId,
        time: commonLogTime(time),
        timeEpoch: time.getTime(),
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
        method: request.method,
        path: decodePath(request.rawPath),
        routeKey: outcome.routeKey ?? '',
        stage: api.stage,
        status: response.status,
        responseBytes: Buffer.byteLength(response.body),
        latencyMillis: Date.now() - time.getTime(),
        claims: outcome.claims ?? {},
        authorizerError: outcome.authorizerError ?? '',
        functionRequestId: outcome.functionRequestId ?? '',
        integrationError: outcome.integrationError ?? '',
      });
      parts.accessLog?.write(line);
    }
    return response;
  };
}

function headerBytes({ method, rawPath, rawQuery, headers }: HttpRequest): number {
  const line = `${method} ${rawPath}${rawQuery === '' ? '' : `?${rawQuery}`}`;
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, line.length);
}

async function withTimeout<Value>(value: Promise<Value>, millis: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), millis);
  });
  try {
    return await Promise.race([value, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
