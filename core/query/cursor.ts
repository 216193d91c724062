// Defines the cursor of a list of entries. It contains a position and a digest of its query, never a partition.
import * as z from 'zod/mini';
import type { Caller } from '../access/caller.ts';
import { isEntryId } from '../entry/entry-id.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { readCursor, writeCursor } from './cursor-codec.ts';
import type { Query } from './query.ts';

export { maxCursorLength } from './cursor-codec.ts';

const cursorSchema = z.strictObject({
  /** The last ID that the previous pages searched. */
  p: z.string().check(z.refine(isEntryId)),
  /** The name of the index to continue with. It affects only the cost. */
  i: z.string(),
});

/** The point where a list continues. */
export interface Continuation {
  /** The last ID that was searched. */
  readonly position: string;
  /** The name of the index to continue with. */
  readonly index: string;
}

/** Returns the cursor that continues this query after a position. */
export function encodeCursor({ position, index }: Continuation, query: Query, caller: Caller): string {
  return writeCursor({ p: position, i: index }, toCursorScope(query, caller));
}

/** Returns the point where the cursor continues. Fails with INVALID_CURSOR if it is malformed or of another query. */
export function decodeCursor(cursor: string, query: Query, caller: Caller): Continuation {
  const { p, i } = readCursor(cursor, cursorSchema, toCursorScope(query, caller));
  return { position: p, index: i };
}

const logCursorSchema = z.strictObject({
  /** The index of the next leaf. */
  n: z.int().check(z.minimum(0)),
});

/** Returns the cursor that continues a query in log order with the leaf of this index. It never expires. */
export function encodeLogCursor(index: number, query: Query, caller: Caller): string {
  return writeCursor({ n: index }, toCursorScope(query, caller));
}

/** The place where a list in log order continues. */
export interface LogPosition {
  /** Returns the index of the next leaf. Fails with INVALID_CURSOR if the log of this size does not reach it. */
  requireWithin(size: number): number;
}

/** Returns where a list in log order continues. Fails with INVALID_CURSOR if it is malformed or of another query. */
export function decodeLogCursor(cursor: string, query: Query, caller: Caller): LogPosition {
  const { n } = readCursor(cursor, logCursorSchema, toCursorScope(query, caller));
  return {
    requireWithin: (size) => {
      if (n <= size) return n;
      throw new RequestLogsError(
        errorCodes.invalidCursor,
        'cursor is ahead of the sealed log, which was restored or replaced since the cursor was issued',
        { field: 'cursor' },
      );
    },
  };
}

/** Returns everything that determines which entries are in the list and their order. The page size can change. */
function toCursorScope(query: Query, caller: Caller): object {
  const { fromMillis, toMillis, recordedFromMillis, recordedToMillis, filters } = query;
  const order = query.isInLogOrder ? 'recorded' : query.order;
  const { organizationId, accounts } = caller;
  const recorded = { recordedFromMillis, recordedToMillis };
  return { fromMillis, toMillis, ...recorded, filters, order, organizationId, accounts: accounts ?? '*' };
}
