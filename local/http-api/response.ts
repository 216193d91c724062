// Converts the result of a function to an HTTP response (payload format 2.0).
import * as z from 'zod/mini';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string | Buffer;
}

const returnedSchema = z.looseObject({
  statusCode: z.union([z.number(), z.string().check(z.regex(/^\d{3}$/))]),
  headers: z.optional(z.nullable(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))),
  cookies: z.optional(z.nullable(z.array(z.string()))),
  body: z.optional(z.nullable(z.string())),
  isBase64Encoded: z.optional(z.nullable(z.boolean())),
});

/** A response that API Gateway generates itself. */
export function gatewayResponse(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message }),
  };
}

export const internalServerError = gatewayResponse(500, 'Internal Server Error');

/**
 * Converts the result of a function, JSON. A result without `statusCode` becomes the body of a 200 response. A result
 * with a
 * `statusCode` that is not a valid response gives a 500.
 */
export function mapFunctionResult(payload: string): HttpResponse {
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) {
    const body = typeof value === 'string' ? value : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const returned = returnedSchema.safeParse(value);
  if (!returned.success) return internalServerError;
  const { statusCode, headers, cookies, body, isBase64Encoded } = returned.data;
  const lower = Object.entries(headers ?? {}).map(([name, one]) => [name.toLowerCase(), String(one)]);
  return {
    status: Number(statusCode),
    headers: { 'content-type': 'text/plain;charset=utf-8', ...Object.fromEntries(lower) },
    ...(cookies && { cookies }),
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
