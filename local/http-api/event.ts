// Builds the event that an HTTP API sends to a function (payload format 2.0).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

export interface HttpRequest {
  readonly method: string;
  /** The path as the client sent it, without the query string. */
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface EventContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly region: string;
  readonly stage: string;
  readonly routeKey: string;
  readonly requestId: string;
  readonly time: Date;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Claims and scopes of the verified token; absent on a route without an authorizer. */
  readonly jwt?: {
    readonly claims: Readonly<Record<string, string>>;
    readonly scopes: readonly string[] | null;
  };
}

/** Builds the event. Omits absent fields, as API Gateway does. */
export function httpApiEvent(request: HttpRequest, context: EventContext): Record<string, unknown> {
  const headers = joinHeaders(request.headers);
  const { cookie, ...others } = headers;
  const domainName = `${context.apiId}.execute-api.${context.region}.amazonaws.com`;
  const isText = isTextBody(headers['content-type']);
  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath: decodePath(request.rawPath),
    rawQueryString: request.rawQuery,
    ...(cookie && { cookies: cookie.split(/;\s*/).filter((part) => part !== '') }),
    headers: others,
    ...(request.rawQuery !== '' && { queryStringParameters: joinQuery(request.rawQuery) }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      ...(context.jwt && { authorizer: { jwt: context.jwt } }),
      domainName,
      domainPrefix: context.apiId,
      http: {
        method: request.method,
        path: decodePath(request.rawPath),
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: context.routeKey,
      stage: context.stage,
      time: commonLogTime(context.time),
      timeEpoch: context.time.getTime(),
    },
    ...(Object.keys(context.pathParameters).length > 0 && { pathParameters: context.pathParameters }),
    ...(request.body.length > 0 && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

/** Headers by lower-case name. Values of a repeated header are joined with commas. */
export function joinHeaders(headers: HttpRequest['headers']): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const separator = lower === 'cookie' ? '; ' : ',';
    joined[lower] = Object.hasOwn(joined, lower) ? `${joined[lower]}${separator}${value}` : value;
  }
  return joined;
}

/** Decoded query parameters. Values of a repeated parameter are joined with commas. */
function joinQuery(rawQuery: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

/** Decodes a path as HTTP APIs do before routing. */
export function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath;
  }
}

function isTextBody(contentType: string | undefined): boolean {
  return (
    contentType === undefined ||
    /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded)|[^;]+\+(json|xml))/i.test(contentType)
  );
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
export function commonLogTime(time: Date): string {
  const [, day, clock] = /-(\d\d)T(\d\d:\d\d:\d\d)/.exec(time.toISOString()) ?? [];
  return `${day}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}:${clock} +0000`;
}
