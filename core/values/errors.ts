// Defines the only error type of the core. Duplicates and missing entries are return values, not errors.

/** Stable error codes that clients can depend on. */
export const errorCodes = {
  invalidParameter: 'INVALID_PARAMETER',
  invalidCursor: 'INVALID_CURSOR',
  invalidConfiguration: 'INVALID_CONFIGURATION',
  forbidden: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  ambiguousTarget: 'AMBIGUOUS_TARGET',
  entryTooLarge: 'ENTRY_TOO_LARGE',
  storeUnavailable: 'STORE_UNAVAILABLE',
  storeRefused: 'STORE_REFUSED',
  entryAltered: 'ENTRY_ALTERED',
  statesUnreadable: 'STATES_UNREADABLE',
  notSealed: 'NOT_SEALED',
  logContradicted: 'LOG_CONTRADICTED',
  viewNameTaken: 'VIEW_NAME_TAKEN',
  viewLimitReached: 'VIEW_LIMIT_REACHED',
  viewChanged: 'VIEW_CHANGED',
} as const;

export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/** One of several targets with the same ID: the parameters that select it. */
export interface Candidate {
  readonly account: string;
  readonly region: string;
  readonly type: string;
}

interface ErrorOptions {
  readonly field?: string;
  readonly cause?: unknown;
  readonly candidates?: readonly Candidate[];
}

/**
 * An expected failure with a stable code. Callers see `message`, so it must never contain a secret, a body or a message
 * from the store. `field` names the invalid parameter or setting.
 */
export class RequestLogsError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  /** For AMBIGUOUS_TARGET: what the request could mean. */
  readonly candidates: readonly Candidate[] | undefined;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'RequestLogsError';
    this.code = code;
    this.field = options?.field;
    this.candidates = options?.candidates;
  }
}

/**
 * Returns the error for an invalid parameter. `message` follows the parameter's name and describes the allowed values.
 */
export function invalidParameter(field: string, message: string): RequestLogsError {
  return new RequestLogsError(errorCodes.invalidParameter, `${field} ${message}`, { field });
}
