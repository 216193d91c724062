// Formats lines of a stage's access log by replacing the `$context` variables.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html

export interface AccessLogValues {
  readonly requestId: string;
  /** Request id of the function; empty when no function was invoked. */
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

/** Formats one line. A variable without a value becomes `-`. */
export function renderAccessLog(format: string, values: AccessLogValues): string {
  const variables: Readonly<Record<string, string | number>> = {
    requestId: values.requestId,
    extendedRequestId: values.requestId,
    awsEndpointRequestId: values.functionRequestId,
    'integration.requestId': values.functionRequestId,
    requestTime: values.time,
    requestTimeEpoch: values.timeEpoch,
    'identity.sourceIp': values.sourceIp,
    'identity.userAgent': values.userAgent,
    httpMethod: values.method,
    path: values.path,
    routeKey: values.routeKey,
    stage: values.stage,
    status: values.status,
    protocol: 'HTTP/1.1',
    responseLength: values.responseBytes,
    responseLatency: values.latencyMillis,
    'authorizer.error': values.authorizerError,
    integrationErrorMessage: values.integrationError,
    'integration.error': values.integrationError,
    'error.message': values.integrationError || values.authorizerError,
  };
  return format.replace(/\$context\.([A-Za-z_]+(?:\.[A-Za-z0-9_:-]+)*)/g, (_, name: string) => {
    const claim = /^authorizer\.(?:jwt\.)?claims\.(.+)$/.exec(name)?.[1];
    const value = claim === undefined ? variables[name] : values.claims[claim];
    return value === undefined || value === '' ? '-' : escapeQuotes(String(value));
  });
}

/** Most formats are JSON, so values from the client are escaped. */
function escapeQuotes(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
