// Encodes and decodes cursors: small JSON objects with a digest of the query they belong to. A cursor is neither secret
// nor signed, because a forged one can only select other positions in data that the caller is allowed to read.

import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from '../values/canonical-json.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';

/** The maximum length of a cursor, in characters. */
export const maxCursorLength = 512;

const envelopeSchema = z.looseObject({
  v: z.literal(1),
  /** The digest of the cursor's scope. */
  q: z.string(),
});

/** Returns a cursor with this content. `scope` contains everything that determines the list's contents and order. */
export function writeCursor(content: object, scope: object): string {
  const cursor = { v: 1, ...content, q: digestOf(scope) };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Returns the content of the cursor. Fails with INVALID_CURSOR if it is malformed or has a different scope. */
export function readCursor<T>(cursor: string, schema: z.ZodMiniType<T>, scope: object): T {
  const envelope = envelopeSchema.safeParse(parseJson(cursor));
  const { v, q, ...rest } = envelope.data ?? {};
  const content = schema.safeParse(rest);
  if (!envelope.success || !content.success) {
    throw invalid('cursor must be the nextCursor of a previous response');
  }
  if (q !== digestOf(scope)) {
    throw invalid(
      'cursor was issued for a different query; send it with the parameters of the previous page',
    );
  }
  return content.data;
}

function parseJson(cursor: string): unknown {
  if (cursor.length > maxCursorLength) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function invalid(message: string): RequestLogsError {
  return new RequestLogsError(errorCodes.invalidCursor, message, { field: 'cursor' });
}

function digestOf(scope: object): string {
  return createHash('sha256').update(canonicalJson(scope)).digest('base64url').slice(0, 16);
}
