// An AWS call as it reaches the front.
import type { IncomingHttpHeaders } from 'node:http';

export interface AwsRequest {
  /** The part of `X-Amz-Target` after the dot, such as `PutItem`. */
  readonly operation: string;
  readonly headers: IncomingHttpHeaders;
  readonly authorization: string | undefined;
  /** As it was sent. */
  readonly rawBody: Buffer;
  /** Aborted when the caller no longer waits for an answer. */
  readonly signal: AbortSignal;
}

/** An S3 call as it reaches the front: S3 says with method, path and query what others name in a header. */
export interface S3Request extends Omit<AwsRequest, 'operation'> {
  readonly method: string;
  readonly rawPath: string;
  /** Without the question mark. */
  readonly rawQuery: string;
}

/** The body as an object, or `undefined` when it is none: the service behind says what is wrong with it. */
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
