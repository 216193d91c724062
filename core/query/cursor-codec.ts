// How a cursor is written and read: a small JSON object with a digest of what it belongs to. It is not secret and
// not signed: a forged one can only move inside what its caller may read anyway.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod/mini';
import { errorCodes, RequestLogsError } from '../values/errors.ts';

/** Longest cursor that is read, characters. */
export const maxCursorLength = 512;

const envelopeSchema = z.looseObject({
  v: z.literal(1),
  /** Digest of what the cursor belongs to. */
  q: z.string(),
});

/** The cursor with this content; `belongsTo` is everything that decides what is in the list, and in what order. */
export function writeCursor(content: object, belongsTo: object): string {
  const cursor = { v: 1, ...content, q: digestOf(belongsTo) };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** The content of the cursor. Fails with INVALID_CURSOR when it is broken or belongs to something else. */
export function readCursor<T>(cursor: string, schema: z.ZodMiniType<T>, belongsTo: object): T {
  const envelope = envelopeSchema.safeParse(parseJson(cursor));
  const { v, q, ...rest } = envelope.data ?? {};
  const content = schema.safeParse(rest);
  if (!envelope.success || !content.success) {
    throw invalid('cursor must be the nextCursor of a previous response');
  }
  if (q !== digestOf(belongsTo)) {
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

function digestOf(belongsTo: object): string {
  return createHash('sha256')
    .update(canonicalize(belongsTo) ?? '')
    .digest('base64url')
    .slice(0, 16);
}
