// Reads requests that change saved views. An invalid body fails with INVALID_PARAMETER, which names the field.
import * as z from 'zod/mini';
import { invalidParameter } from '../values/errors.ts';
import { checkSearch } from './check-search.ts';
import { type NewView, newViewSchema, type ViewChange, viewChangeSchema } from './saved-view.ts';

/** The maximum size of a body, in bytes. */
export const maxBodyBytes = 32_768;

export function readNewView(body: string): NewView {
  return readBody(body, newViewSchema);
}

export function readViewChange(body: string): ViewChange {
  return readBody(body, viewChangeSchema);
}

function readBody<Value extends { readonly search: string }>(
  body: string,
  schema: z.ZodMiniType<Value>,
): Value {
  if (Buffer.byteLength(body) > maxBodyBytes) {
    throw invalidParameter('body', `must have at most ${maxBodyBytes} bytes`);
  }
  const { success, data, error } = z.safeParse(schema, parseJson(body));
  if (!success) {
    const [issue] = error.issues;
    if (issue?.code === 'unrecognized_keys') {
      throw invalidParameter(String(issue.keys[0]).slice(0, 64), 'is not a field of a view');
    }
    throw invalidParameter(String(issue?.path[0] ?? 'body'), issue?.message ?? 'is invalid');
  }
  checkSearch(data.search);
  return data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidParameter('body', 'must be JSON');
  }
}
