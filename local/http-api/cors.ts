// The CORS headers of an HTTP API with a CORS configuration, for responses and for preflight requests.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html

export interface CorsConfiguration {
  readonly AllowOrigins?: readonly string[] | undefined;
  readonly AllowMethods?: readonly string[] | undefined;
  readonly AllowHeaders?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  readonly AllowCredentials?: boolean | undefined;
  readonly MaxAge?: number | undefined;
}

/** Response headers for a page of `origin`; empty when that origin is not allowed. */
export function corsHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  const allowed = cors.AllowOrigins ?? [];
  if (origin === undefined || !allowed.some((pattern) => matchesOrigin(pattern, origin))) return {};
  return {
    'access-control-allow-origin': allowed.includes('*') ? '*' : origin,
    ...(!allowed.includes('*') && { vary: 'Origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
}

/** Response headers for a preflight request; empty when the origin is not allowed. */
export function preflightHeaders(
  cors: CorsConfiguration,
  origin: string | undefined,
): Record<string, string> {
  const common = corsHeaders(cors, origin);
  if (common['access-control-allow-origin'] === undefined) return {};
  return {
    ...common,
    ...(cors.AllowMethods?.length && { 'access-control-allow-methods': cors.AllowMethods.join(',') }),
    ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

/** Supports `*`, `https://*`, and exact origins. */
function matchesOrigin(pattern: string, origin: string): boolean {
  return pattern.endsWith('*') ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin;
}
