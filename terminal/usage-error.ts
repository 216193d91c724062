// Defines the error of an invalid command line.

/** An invalid command line. The message names the option and the allowed values. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
