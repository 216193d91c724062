// The access log of a stage: its format with the `$context` variables filled in.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html

export interface AccessLogFacts {
  readonly requestId: string;
  /** The function's own, empty when none answered. */
  readonly functionRequestId: string;
  readonly time: string;
  readonly timeEpoch: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly method: string;
  readonly path: string;
  readonly routeKey: string;
  readonly stage: string;
  readonly status: number;
  readonly responseBytes: number;
  readonly latencyMillis: number;
  readonly claims: Readonly<Record<string, string>>;
  readonly authorizerError: string;
  readonly integrationError: string;
}

/** One line of the log; a variable without a value is `-`. */
export function renderAccessLog(format: string, facts: AccessLogFacts): string {
  const variables: Readonly<Record<string, string | number>> = {
    requestId: facts.requestId,
    extendedRequestId: facts.requestId,
    awsEndpointRequestId: facts.functionRequestId,
    'integration.requestId': facts.functionRequestId,
    requestTime: facts.time,
    requestTimeEpoch: facts.timeEpoch,
    'identity.sourceIp': facts.sourceIp,
    'identity.userAgent': facts.userAgent,
    httpMethod: facts.method,
    path: facts.path,
    routeKey: facts.routeKey,
    stage: facts.stage,
    status: facts.status,
    protocol: 'HTTP/1.1',
    responseLength: facts.responseBytes,
    responseLatency: facts.latencyMillis,
    'authorizer.error': facts.authorizerError,
    integrationErrorMessage: facts.integrationError,
    'integration.error': facts.integrationError,
    'error.message': facts.integrationError || facts.authorizerError,
  };
  return format.replace(/\$context\.([A-Za-z_]+(?:\.[A-Za-z0-9_:-]+)*)/g, (_, name: string) => {
    const claim = /^authorizer\.(?:jwt\.)?claims\.(.+)$/.exec(name)?.[1];
    const value = claim === undefined ? variables[name] : facts.claims[claim];
    return value === undefined || value === '' ? '-' : escapeQuotes(String(value));
  });
}

/** Formats are mostly JSON; what a client sent must not break a line of it. */
function escapeQuotes(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
