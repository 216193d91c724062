// Structured logs. They carry ids, counts and codes; never a body, a state or an error's message,
// which may quote one.
import { Logger } from '@aws-lambda-powertools/logger';
import { RequestLogsError } from '../../core/values/errors.ts';

export const logger = new Logger();

/** What of an error may be logged: its kind, code and where it came from. */
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
