// Defines the cursor of a summary: the position of a list's cursor, and the time of the first answer.
import * as z from 'zod/mini';
import type { Caller } from '../access/caller.ts';
import { maxClockSkewMillis } from '../contract/clock-skew.ts';
import { isEntryId } from '../entry/entry-id.ts';
import type { Continuation } from '../query/cursor.ts';
import { readCursor, writeCursor } from '../query/cursor-codec.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import type { SummaryQuery } from './summary-query.ts';

const cursorSchema = z.strictObject({
  /** The last ID that was counted or searched. */
  p: z.string().check(z.refine(isEntryId)),
  /** The name of the index to continue with. It affects only the cost. */
  i: z.string(),
  /** The time of the first answer, in epoch milliseconds. */
  a: z.int().check(z.minimum(0)),
});

/** The point where a summary continues. */
export interface SummaryContinuation extends Continuation {
  /** The time of the first answer. Entries recorded later are in none of the parts. */
  readonly asOfMillis: number;
}

/** Returns the cursor that continues this summary after a position. */
export function encodeSummaryCursor(
  { position, index, asOfMillis }: SummaryContinuation,
  request: SummaryQuery,
  caller: Caller,
): string {
  return writeCursor({ p: position, i: index, a: asOfMillis }, toScope(request, caller));
}

/**
 * Returns the point where the request's cursor continues, or `undefined` without one. Fails with INVALID_CURSOR if it is
 * malformed, of another request, or from the future.
 */
export function decodeSummaryCursor(
  request: SummaryQuery,
  caller: Caller,
  nowMillis: number,
): SummaryContinuation | undefined {
  const { cursor } = request.query;
  if (cursor === undefined) return undefined;
  const { p, i, a } = readCursor(cursor, cursorSchema, toScope(request, caller));
  if (a > nowMillis + maxClockSkewMillis) {
    throw new RequestLogsError(
      errorCodes.invalidCursor,
      'cursor must be the nextCursor of a previous response',
      {
        field: 'cursor',
      },
    );
  }
  return { position: p, index: i, asOfMillis: a };
}

/** Returns everything that determines which entries are counted and how. `top` and `orderBy` can change. */
function toScope(request: SummaryQuery, { organizationId, accounts }: Caller): object {
  const { query, hasEnd, groupBy, topLists, interval = 'auto', zone, isCompared } = request;
  const { fromMillis, toMillis, recordedFromMillis, recordedToMillis, filters } = query;
  return {
    summary: { hasEnd, groupBy, topLists, interval, zone: zone.name, isCompared },
    ...{ fromMillis, toMillis, recordedFromMillis, recordedToMillis, filters },
    ...{ organizationId, accounts: accounts ?? '*' },
  };
}
