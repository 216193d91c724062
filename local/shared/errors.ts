// The error type of the local stack.

/**
 * An error that the user can fix, such as a port in use or an unsupported resource property. The message is printed as
 * is.
 */
export class LocalStackError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LocalStackError';
  }
}

/** The message of a thrown value, on one line. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.split('\n')[0] ?? '';
  return error.name === 'Error' || error.name === 'LocalStackError' ? message : `${error.name}: ${message}`;
}
