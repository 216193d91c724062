// The problems that the API answers with: status, title and code of each error.
import { type ErrorCode, errorCodes } from '../values/errors.ts';

/** Every expected error with its status and title. */
export const problems: Readonly<Record<ErrorCode, { readonly status: number; readonly title: string }>> = {
  [errorCodes.invalidParameter]: { status: 400, title: 'Invalid parameter' },
  [errorCodes.invalidCursor]: { status: 400, title: 'Invalid cursor' },
  [errorCodes.forbidden]: { status: 403, title: 'Forbidden' },
  [errorCodes.notFound]: { status: 404, title: 'Not found' },
  [errorCodes.storeUnavailable]: { status: 503, title: 'Store unavailable' },
  [errorCodes.storeRefused]: { status: 500, title: 'Internal error' },
  [errorCodes.entryAltered]: { status: 500, title: 'Entry altered' },
  [errorCodes.statesUnreadable]: { status: 500, title: 'States unreadable' },
  [errorCodes.entryTooLarge]: { status: 500, title: 'Entry too large' },
  [errorCodes.invalidConfiguration]: { status: 500, title: 'Internal error' },
};

export const internalProblem = { status: 500, title: 'Internal error', code: 'INTERNAL_ERROR' } as const;

/** Whether callers are told no more of an error than that there was one. */
export function isInternal(code: ErrorCode): boolean {
  return code === errorCodes.invalidConfiguration || code === errorCodes.storeRefused;
}

/** Seconds after which a client may try again when the store was unavailable. */
export const retryAfterSeconds = 2;
