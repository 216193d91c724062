// The problems that the API answers with: status, title and code of each error.
import { type ErrorCode, errorCodes } from '../errors.ts';

/** Every expected error as callers see it. What is not theirs to mend is an internal error without detail. */
export const problems: Readonly<Record<ErrorCode, { readonly status: number; readonly title: string }>> = {
  [errorCodes.invalidParameter]: { status: 400, title: 'Invalid parameter' },
  [errorCodes.invalidCursor]: { status: 400, title: 'Invalid cursor' },
  [errorCodes.forbidden]: { status: 403, title: 'Forbidden' },
  [errorCodes.notFound]: { status: 404, title: 'Not found' },
  [errorCodes.storeUnavailable]: { status: 503, title: 'Store unavailable' },
  [errorCodes.entryTooLarge]: { status: 500, title: 'Internal error' },
  [errorCodes.invalidConfiguration]: { status: 500, title: 'Internal error' },
};

export const internalProblem = { status: 500, title: 'Internal error', code: 'INTERNAL_ERROR' } as const;

/** Seconds after which a client may try again when the store was unavailable. */
export const retryAfterSeconds = 2;
