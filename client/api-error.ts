// What a failed request throws: the problem details of the API, or what API Gateway said instead.
import { retryAfterSeconds } from './retry.ts';
import type { Problem } from './schema.ts';

/**
 * An answer that is no success. `message` is for people, and safe to show: the API never puts a secret or a store's
 * message into it. Failures of the network are not of this type; `fetch` throws them as they are.
 */
export class ApiError extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Stable code; `undefined` when API Gateway answered (401, 429, and sometimes 500 and 503). */
  readonly code: Problem['code'] | undefined;
  /** The parameter at fault, or the permission that is missing. */
  readonly field: string | undefined;
  /** What `Retry-After` says. */
  readonly retryAfterSeconds: number | undefined;
  /** The problem details whole. */
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
