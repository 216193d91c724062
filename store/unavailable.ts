// Detects transient failures of AWS services: throttled, down or unreachable.
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';

const laterNames = new Set([
  'ConditionalRequestConflict',
  'InternalServerError',
  'InternalFailure',
  'ItemCollectionSizeLimitExceededException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestTimeout',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'ThrottlingException',
  'Throttling',
  'TimeoutError',
  'AbortError',
]);

/**
 * Returns the error to throw for a failed call: STORE_UNAVAILABLE with the cause if the failure is transient,
 * otherwise the error itself.
 */
export function asStoreError(error: unknown): unknown {
  return isTransient(error)
    ? new RequestLogsError(errorCodes.storeUnavailable, 'the store is throttled or unreachable; try again', {
        cause: error,
      })
    : error;
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (laterNames.has(error.name)) return true;
  const { $metadata, code } = error as { $metadata?: { httpStatusCode?: number }; code?: unknown };
  return ($metadata?.httpStatusCode ?? 0) >= 500 || (typeof code === 'string' && /^E[A-Z]+$/.test(code));
}
