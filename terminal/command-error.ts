/** Why a command failed, said to its user. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
