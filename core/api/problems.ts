// Maps each error code to the HTTP status and title of its problem details.
import { type ErrorCode, errorCodes } from '../values/errors.ts';

/** HTTP status and title of every expected error. */
export const problems: Readonly<Record<ErrorCode, { readonly status: number; readonly title: string }>> = {
  [errorCodes.invalidParameter]: { status: 400, title: 'Invalid parameter' },
  [errorCodes.invalidCursor]: { status: 400, title: 'Invalid cursor' },
  [errorCodes.ambiguousTarget]: { status: 400, title: 'Ambiguous target' },
  [errorCodes.forbidden]: { status: 403, title: 'Forbidden' },
  [errorCodes.notFound]: { status: 404, title: 'Not found' },
  [errorCodes.storeUnavailable]: { status: 503, title: 'Store unavailable' },
  [errorCodes.storeRefused]: { status: 500, title: 'Internal error' },
  [errorCodes.entryAltered]: { status: 500, title: 'Entry altered' },
  [errorCodes.statesUnreadable]: { status: 500, title: 'States unreadable' },
  [errorCodes.notSealed]: { status: 404, title: 'Not sealed yet' },
  [errorCodes.logContradicted]: { status: 500, title: 'Sealed log contradicts itself' },
  [errorCodes.viewNameTaken]: { status: 409, title: 'Name taken' },
  [errorCodes.viewLimitReached]: { status: 409, title: 'Too many views' },
  [errorCodes.viewChanged]: { status: 409, title: 'View changed' },
  [errorCodes.entryTooLarge]: { status: 500, title: 'Entry too large' },
  [errorCodes.invalidConfiguration]: { status: 500, title: 'Internal error' },
};

/** The problem details of an unexpected or hidden error. */
export const internalProblem = { status: 500, title: 'Internal error', code: 'INTERNAL_ERROR' } as const;

/** Whether the details of the error must be hidden from callers. */
export function isInternal(code: ErrorCode): boolean {
  return code === errorCodes.invalidConfiguration || code === errorCodes.storeRefused;
}

/** Value of `Retry-After`, in seconds, when the store is unavailable. */
export const retryAfterSeconds = 2;
