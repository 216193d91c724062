// Failures in one line for the user. Texts of the API are made safe for a terminal; a token is in none of them.
import { ApiError } from '../client/client.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';

/** Failures of one entry that stay. */
const lasting: ReadonlySet<string | undefined> = new Set(['STATES_UNREADABLE', 'ENTRY_TOO_LARGE']);

/** Whether trying again later may help: the API is busy, broken or out of reach. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ApiError)
    return error.status === 429 || (error.status >= 500 && !lasting.has(error.code));
  return networkCode(error) !== undefined;
}

/** What went wrong, without a full stop. Rethrows what is a defect of this program. */
export function describeFailure(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.status === 401) return '401: the token is not taken; it may have ended, or be for another API';
    return escapeForTerminal(`${error.status}${error.code ? ` ${error.code}` : ''}: ${error.message}`);
  }
  const code = networkCode(error);
  if (code !== undefined) return escapeForTerminal(`the API cannot be reached: ${code}`);
  throw error;
}

/** Why `fetch` did not get an answer; `undefined` for any other error. */
export function networkCode(error: unknown): string | undefined {
  if (!(error instanceof TypeError) || !('cause' in error)) return undefined;
  const { cause } = error;
  if (!(cause instanceof Error)) return undefined;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
