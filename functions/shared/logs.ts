// Structured logs. They contain ids, counts and codes, but never a body, a state or an error message, because an
// error message can quote one.
import { Logger } from '@aws-lambda-powertools/logger';
import { RequestLogsError } from '../../core/values/errors.ts';

export const logger = new Logger();

/** Returns the parts of an error that can be logged: its type, its code and where it was thrown. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  return {
    kind: error.name,
    ...(error instanceof RequestLogsError ? { code: error.code, field: error.field } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
    frames: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8),
  };
}
