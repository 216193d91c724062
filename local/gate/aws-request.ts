// An AWS call as it reaches the front.

export interface AwsRequest {
  /** The part of `X-Amz-Target` after the dot, such as `PutItem`. */
  readonly operation: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly authorization: string | undefined;
  /** As it was sent. */
  readonly rawBody: Buffer;
  /** Aborted when the caller no longer waits for an answer. */
  readonly signal: AbortSignal;
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
