// The error of a failed request, from the problem details of the API or from an API Gateway error.
import { retryAfterSeconds } from './retry.ts';
import type { Problem } from './schema.ts';

/**
 * An unsuccessful response. `message` is safe to show to users: the API never includes a secret or an internal error
 * message in it. Network failures are not of this type; the error from `fetch` is passed through unchanged.
 */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Stable error code; `undefined` if API Gateway sent the response (401, 429, and sometimes 500 and 503). */
  readonly code: Problem['code'] | undefined;
  /** The invalid parameter, or the missing permission. */
  readonly field: string | undefined;
  /** Value of the `Retry-After` header. */
  readonly retryAfterSeconds: number | undefined;
  /** The complete problem details. */
  readonly problem: Problem | undefined;

  constructor(response: Response, body: unknown, options?: ErrorOptions) {
    const problem = isProblem(body) ? body : undefined;
    super(problem?.detail ?? problem?.title ?? gatewayMessage(body) ?? `HTTP ${response.status}`, options);
    this.name = 'ApiError';
    this.status = response.status;
    this.code = problem?.code;
    this.field = problem?.field;
    this.retryAfterSeconds = retryAfterSeconds(response);
    this.problem = problem;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}

function gatewayMessage(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  return typeof body.message === 'string' ? body.message : undefined;
}
