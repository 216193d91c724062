// Defines an issue: one way in which an event violates the contract. Rejected events and emitter errors contain issues.

/** The stable codes of issues. */
export const issueCodes = {
  notJson: 'NOT_JSON',
  tooDeep: 'TOO_DEEP',
  forbiddenKey: 'FORBIDDEN_KEY',
  malformedText: 'MALFORMED_TEXT',
  inexactNumber: 'INEXACT_NUMBER',
  invalidValue: 'INVALID_VALUE',
  unknownField: 'UNKNOWN_FIELD',
  mismatch: 'MISMATCH',
  missingState: 'MISSING_STATE',
  unexpectedState: 'UNEXPECTED_STATE',
  secretIdentifier: 'SECRET_IDENTIFIER',
  producerNotAllowed: 'PRODUCER_NOT_ALLOWED',
  inTheFuture: 'IN_THE_FUTURE',
  retentionEnded: 'RETENTION_ENDED',
  conflict: 'CONFLICT',
} as const;

export type IssueCode = (typeof issueCodes)[keyof typeof issueCodes];

/**
 * `path` is a JSON Pointer (RFC 6901) from the root of the event. `message` describes what is allowed and never
 * contains the value.
 */
export interface Issue {
  readonly path: string;
  readonly code: IssueCode;
  readonly message: string;
}
