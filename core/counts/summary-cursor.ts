// Defines the cursors of a summary: one that continues in an index, with the time of the first answer, and one that
// continues in the sealed log.
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

const logCursorSchema = z.strictObject({
  /** The next segment begins before this leaf. */
  n: z.int().check(z.minimum(0)),
  /** The size of the log that is counted. */
  z: z.int().check(z.minimum(0)),
  /** Entries recorded after this time are not counted, in epoch milliseconds. Absent without such a limit. */
  r: z.optional(z.int().check(z.minimum(0))),
});

/** The point where a summary continues in the sealed log. */
export interface LogContinuation {
  /** The next segment begins before this leaf. */
  readonly before: number;
  /** The size of the log that is counted. */
  readonly size: number;
  /** Entries recorded later are not counted. `undefined` without such a limit. */
  readonly recordedToMillis: number | undefined;
}

/** The point where a summary continues in an index. */
export interface SummaryContinuation extends Continuation {
  /** The time of the first answer. Entries recorded later are in none of the parts. */
  readonly asOfMillis: number;
}

/** Returns the cursor that continues this summary in the sealed log. */
export function encodeLogCursor(
  { before, size, recordedToMillis }: LogContinuation,
  request: SummaryQuery,
  caller: Caller,
): string {
  const limit = recordedToMillis === undefined ? {} : { r: recordedToMillis };
  return writeCursor({ n: before, z: size, ...limit }, toScope(request, caller));
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
): AnyContinuation | undefined {
  const { cursor } = request.query;
  if (cursor === undefined) return undefined;
  const content = readCursor(cursor, z.union([cursorSchema, logCursorSchema]), toScope(request, caller));
  const isOfLog = 'n' in content;
  const latest = isOfLog ? (content.r ?? 0) : content.a;
  // Callers limited to accounts get no answers from the log, and a size of the log is answered from nothing else.
  const isPossible = isOfLog ? caller.accounts === undefined : request.asOf === undefined;
  if (latest > nowMillis + maxClockSkewMillis || !isPossible) {
    const message = 'cursor must be the nextCursor of a previous response';
    throw new RequestLogsError(errorCodes.invalidCursor, message, { field: 'cursor' });
  }
  if (isOfLog) return { kind: 'log', before: content.n, size: content.z, recordedToMillis: content.r };
  return { kind: 'index', position: content.p, index: content.i, asOfMillis: content.a };
}

type AnyContinuation =
  | (SummaryContinuation & { readonly kind: 'index' })
  | (LogContinuation & { readonly kind: 'log' });

/** Returns everything that determines which entries are counted and how. `top` and `orderBy` can change. */
function toScope(request: SummaryQuery, { organizationId, accounts }: Caller): object {
  const { query, hasEnd, groupBy, topLists, interval = 'auto', zone, isCompared, asOf } = request;
  const { fromMillis, toMillis, recordedFromMillis, recordedToMillis, filters } = query;
  return {
    summary: {
      hasEnd,
      groupBy,
      topLists,
      interval,
      zone: zone.name,
      isCompared,
      ...(asOf !== undefined && { asOf }),
    },
    ...{ fromMillis, toMillis, recordedFromMillis, recordedToMillis, filters },
    ...{ organizationId, accounts: accounts ?? '*' },
  };
}
