// The one error type of the local stack. What it says is meant for the person at the terminal.

/** A mistake that a person can put right: a port in use, an unknown resource property, a changed table. */
export class LocalStackError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LocalStackError';
  }
}

/** What an unknown thrown value says, on one line. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.split('\n')[0] ?? '';
  return error.name === 'Error' || error.name === 'LocalStackError' ? message : `${error.name}: ${message}`;
}
