// The error of a command that made sense and failed.
/** Why a command failed, said to its user. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
