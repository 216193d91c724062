// Reads single environment variables. A missing or malformed variable fails with an error that names it.
import type * as z from 'zod/mini';
import { errorCodes, RequestLogsError } from '../../core/values/errors.ts';

/** Returns the value of a required variable. */
export function readText(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be set`, { field: name });
}

/** Returns the value of a variable that contains JSON, validated by the schema. */
export function readJson<T>(name: string, schema: z.ZodMiniType<T>): T {
  try {
    return schema.parse(JSON.parse(readText(name)));
  } catch (error) {
    if (error instanceof RequestLogsError) throw error;
    throw new RequestLogsError(
      errorCodes.invalidConfiguration,
      `${name} must be JSON that matches its schema`,
      {
        field: name,
        cause: error,
      },
    );
  }
}

/** Returns the value of a variable that contains an integer above 0. */
export function readPositiveInteger(name: string): number {
  const value = Number(readText(name));
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RequestLogsError(errorCodes.invalidConfiguration, `${name} must be an integer above 0`, {
    field: name,
  });
}
