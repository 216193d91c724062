// Defines the cursor of a list of entries. It contains a position and a digest of its query, never a partition.
import * as z from 'zod/mini';
import type { Caller } from '../access/caller.ts';
import { isEntryId } from '../entry/entry-id.ts';
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

/** Returns everything that determines which entries are in the list and their order. The page size can change. */
function toCursorScope(query: Query, caller: Caller): object {
  const { fromMillis, toMillis, recordedFromMillis, recordedToMillis, filters, order } = query;
  const { organizationId, accounts } = caller;
  const recorded = { recordedFromMillis, recordedToMillis };
  return { fromMillis, toMillis, ...recorded, filters, order, organizationId, accounts: accounts ?? '*' };
}
