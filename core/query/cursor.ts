// The cursor of a list: a position and the query it belongs to, never a partition.
import * as z from 'zod/mini';
import type { Caller } from '../access/caller.ts';
import { isEntryId } from '../entry/entry-id.ts';
import { readCursor, writeCursor } from './cursor-codec.ts';
import type { Query } from './query.ts';

export { maxCursorLength } from './cursor-codec.ts';

const cursorSchema = z.strictObject({
  /** The id up to which the list was given. */
  p: z.string().check(z.refine(isEntryId)),
  /** The index that was chosen; it costs least, nothing more follows from it. */
  i: z.string(),
});

/** Where a list goes on. */
export interface Continuation {
  readonly position: string;
  /** Name of the index to go on with. */
  readonly index: string;
}

/** The cursor that continues this query after a position. */
export function encodeCursor({ position, index }: Continuation, query: Query, caller: Caller): string {
  return writeCursor({ p: position, i: index }, belongingOf(query, caller));
}

/** Where the cursor goes on. Fails with INVALID_CURSOR when it is broken or belongs to another query. */
export function decodeCursor(cursor: string, query: Query, caller: Caller): Continuation {
  const { p, i } = readCursor(cursor, cursorSchema, belongingOf(query, caller));
  return { position: p, index: i };
}

/** Everything that decides which entries are in the list, and in what order; the page size may change. */
function belongingOf({ fromMillis, toMillis, filters, order }: Query, caller: Caller): object {
  const { organizationId, accounts } = caller;
  return { fromMillis, toMillis, filters, order, organizationId, accounts: accounts ?? '*' };
}
