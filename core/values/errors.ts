// The one error type of the product. Duplicates and misses are return values, not errors.

/** Stable codes; clients may depend on them. */
export const errorCodes = {
  invalidParameter: 'INVALID_PARAMETER',
  invalidCursor: 'INVALID_CURSOR',
  invalidConfiguration: 'INVALID_CONFIGURATION',
  forbidden: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  entryTooLarge: 'ENTRY_TOO_LARGE',
  storeUnavailable: 'STORE_UNAVAILABLE',
  storeRefused: 'STORE_REFUSED',
  entryAltered: 'ENTRY_ALTERED',
  statesUnreadable: 'STATES_UNREADABLE',
} as const;

export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/**
 * An expected failure with a stable code. `message` is shown to callers: it never carries a secret, a body
 * or a store message. `field` names the parameter or setting at fault.
 */
export class RequestLogsError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options?: { field?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RequestLogsError';
    this.code = code;
    this.field = options?.field;
  }
}

/** The caller's mistake in one parameter: `message` goes behind its name and says what is allowed. */
export function invalidParameter(field: string, message: string): RequestLogsError {
  return new RequestLogsError(errorCodes.invalidParameter, `${field} ${message}`, { field });
}
