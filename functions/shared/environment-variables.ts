// Reads single environment variables. A missing or malformed one fails, naming it.
import type * as z from 'zod/mini';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';

/** The value of a variable that must be set. */
export function readText(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be set`, { field: name });
}

/** The value of a variable that holds JSON of the schema. */
export function readJson<T>(name: string, schema: z.ZodMiniType<T>): T {
  try {
    return schema.parse(JSON.parse(readText(name)));
  } catch (error) {
    if (error instanceof RequestLogsError) throw error;
    throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be JSON of its schema`, {
      field: name,
      cause: error,
    });
  }
}

/** The value of a variable that holds a whole number above 0. */
export function readPositiveInteger(name: string): number {
  const value = Number(readText(name));
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be a whole number above 0`, {
    field: name,
  });
}
