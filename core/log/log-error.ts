// The error of a log whose parts contradict each other.
import { errorCodes, RequestLogsError } from '../values/errors.ts';

/**
 * Returns the error for stored objects that contradict each other or what was signed. Retrying does not help: something
 * was changed, removed or restored from a backup, and the sealer signs nothing until an operator has looked.
 */
export function logContradicted(reason: string, cause?: unknown): RequestLogsError {
  const message = `the sealed log contradicts itself: ${reason}`;
  return new RequestLogsError(errorCodes.logContradicted, message, { cause });
}

/** Whether the error is that of a log whose parts contradict each other. */
export function isLogContradicted(error: unknown): boolean {
  return error instanceof RequestLogsError && error.code === errorCodes.logContradicted;
}
