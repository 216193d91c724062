// What the errors of single PartiQL statements mean. They arrive inside an HTTP 200, so the SDK retries none of them.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchStatementError.html
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { asStoreError } from './unavailable.ts';

/** The code of a statement whose key is taken. */
export const duplicateItem = 'DuplicateItem';

/** Codes that no retry can help: a permission, the table, or the statement itself is wrong. */
const permanentCodes: ReadonlySet<string> = new Set([
  'AccessDenied',
  'ResourceNotFound',
  'ValidationError',
  'ConditionalCheckFailed',
  'ItemCollectionSizeLimitExceeded',
]);

/** Whether the statement can succeed later. A code that is not known counts as passing: the message must not be lost. */
export function isRetryable(code: string): boolean {
  return !permanentCodes.has(code);
}

/** What the SDK calls the same failures when they concern the call as a whole. */
const permanentNames: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ValidationException',
]);

/** The error of inserts whose call failed as a whole. */
export function toCallError(error: unknown): unknown {
  if (!(error instanceof Error && permanentNames.has(error.name))) return asStoreError(error);
  const message = `the store refuses the insert: ${error.name}`;
  return new RequestLogsError(errorCodes.storeRefused, message, { cause: error });
}

/** The error of an insert that failed with this code. The store's message stays out: it can quote the item. */
export function toInsertError(code: string): RequestLogsError {
  const cause = Object.assign(new Error(), { name: code });
  return isRetryable(code)
    ? new RequestLogsError(errorCodes.storeUnavailable, 'the store is busy or out of reach; try again', {
        cause,
      })
    : new RequestLogsError(errorCodes.storeRefused, `the store refuses the insert: ${code}`, { cause });
}
