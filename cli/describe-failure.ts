// Describes failures in one line for the user. Escapes text from the API for the terminal. Must never include a token.
import { ApiError } from '../client/client.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';

/** 5xx codes that concern a single entry and that a retry does not fix. */
const permanentCodes: ReadonlySet<string | undefined> = new Set([
  'ENTRY_ALTERED',
  'ENTRY_TOO_LARGE',
  'LOG_CONTRADICTED',
  'STATES_UNREADABLE',
]);

/** Whether a later retry can succeed: the API is throttling, failing or unreachable. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ApiError)
    return error.status === 429 || (error.status >= 500 && !permanentCodes.has(error.code));
  return networkCode(error) !== undefined;
}

/** Describes the failure, without a period at the end. Rethrows errors that are bugs in the CLI. */
export function describeFailure(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.status === 401)
      return '401: the token was rejected; it may have expired or belong to another API';
    return escapeForTerminal(`${error.status}${error.code ? ` ${error.code}` : ''}: ${error.message}`);
  }
  const code = networkCode(error);
  if (code !== undefined) return escapeForTerminal(`cannot reach the API: ${code}`);
  throw error;
}

/** The network error code of a failed `fetch`; `undefined` for any other error. */
export function networkCode(error: unknown): string | undefined {
  if (!(error instanceof TypeError) || !('cause' in error)) return undefined;
  const { cause } = error;
  if (!(cause instanceof Error)) return undefined;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
