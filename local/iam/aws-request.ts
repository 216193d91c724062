// An AWS call as the gateway receives it.
import type { IncomingHttpHeaders } from 'node:http';

export interface AwsRequest {
  /** The part of `X-Amz-Target` after the dot, such as `PutItem`. */
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly authorization: string | undefined;
  /** As it was sent. */
  readonly rawBody: Buffer;
  /** Aborted when the caller no longer waits for a response. */
  readonly signal: AbortSignal;
}

/**
 * An S3 call as the gateway receives it. S3 operations are identified by method, path and query instead of a
 * header.
 */
export interface S3Request extends Omit<AwsRequest, 'operation'> {
  readonly method: string;
  readonly rawPath: string;
  /** Without the question mark. */
  readonly rawQuery: string;
}

/**
 * Parses the body as a JSON object. Returns `undefined` when it is not one, and leaves the error message to the
 * service.
 */
export function parseBody(rawBody: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(rawBody.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
