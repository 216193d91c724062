// The cursor of a list: a position and the query it belongs to, never a partition. A forged one can only move
// inside what its caller may read anyway.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod/mini';
import type { Caller } from './caller.ts';
import { isEntryId } from './entry-id.ts';
import { errorCodes, RequestLogsError } from './errors.ts';
import type { Query } from './query.ts';

/** Longest cursor that is read, characters. */
export const maxCursorLength = 512;

const cursorSchema = z.strictObject({
  v: z.literal(1),
  /** The id up to which the list was given. */
  p: z.string().check(z.refine(isEntryId)),
  /** What the cursor belongs to. */
  q: z.string(),
});

/** The cursor that continues this query after `position`. */
export function encodeCursor(position: string, query: Query, caller: Caller): string {
  return Buffer.from(JSON.stringify({ v: 1, p: position, q: digestOf(query, caller) })).toString('base64url');
}

/** The position in the cursor. Fails with INVALID_CURSOR when it is broken or belongs to another query. */
export function decodeCursor(cursor: string, query: Query, caller: Caller): string {
  const parsed = cursorSchema.safeParse(parseJson(cursor));
  if (!parsed.success) throw invalid('cursor must be the nextCursor of an earlier answer');
  if (parsed.data.q !== digestOf(query, caller)) {
    throw invalid('cursor belongs to other filters; it must be used with the query that it came from');
  }
  return parsed.data.p;
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

/** Everything that decides which entries are in the list, and in what order; the page size may change. */
function digestOf({ fromMillis, toMillis, filters, order }: Query, caller: Caller): string {
  const { organizationId, accounts } = caller;
  const belongsTo = { fromMillis, toMillis, filters, order, organizationId, accounts: accounts ?? '*' };
  return createHash('sha256')
    .update(canonicalize(belongsTo) ?? '')
    .digest('base64url')
    .slice(0, 16);
}
