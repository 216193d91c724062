// Classifies the errors of single PartiQL statements. They arrive inside an HTTP 200 response, so the SDK
// retries none of them.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { asStoreError } from './unavailable.ts';

/** The error code of a statement whose key already exists. */
export const duplicateItem = 'DuplicateItem';

/** Codes that a retry cannot fix: a permission, the table or the statement itself is wrong. */
const permanentCodes: ReadonlySet<string> = new Set([
  'AccessDenied',
  'ResourceNotFound',
  'ValidationError',
  'ConditionalCheckFailed',
  'ItemCollectionSizeLimitExceeded',
]);

/** Whether the statement can succeed later. Unknown codes count as transient, so that the message is not lost. */
export function isRetryable(code: string): boolean {
  return !permanentCodes.has(code);
}

/** The SDK's names for the same failures when they affect the complete call. */
const permanentNames: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ValidationException',
]);

/** Returns the error of inserts whose call failed completely. */
export function toCallError(error: unknown): unknown {
  if (!(error instanceof Error && permanentNames.has(error.name))) return asStoreError(error);
  const message = `the store rejects the insert: ${error.name}`;
  return new RequestLogsError(errorCodes.storeRefused, message, { cause: error });
}

/**
 * Returns the error of an insert that failed with this code. It omits the store's message, which can quote the
 * item.
 */
export function toInsertError(code: string): RequestLogsError {
  const cause = Object.assign(new Error(), { name: code });
  return isRetryable(code)
    ? new RequestLogsError(errorCodes.storeUnavailable, 'the store is throttled or unreachable; try again', {
        cause,
      })
    : new RequestLogsError(errorCodes.storeRefused, `the store rejects the insert: ${code}`, { cause });
}
