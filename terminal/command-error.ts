// Defines the error of a valid command that failed.

/** A failed command. The message is shown to the user. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
