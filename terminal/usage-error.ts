// The error of a command line that makes no sense.
/** A command that makes no sense as it was given. The message names the option and what is allowed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
