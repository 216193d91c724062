// Counts the entries of a summary from the sealed log: what is in its segments, and what is more recent from the index.
import type { Caller } from '../access/caller.ts';
import { timeOf } from '../entry/entry-id.ts';
import type { Query } from '../query/query.ts';
import type { SearchPorts } from '../search/search.ts';
import { errorCodes, invalidParameter, RequestLogsError } from '../values/errors.ts';
import { maxSealingMillis, type RecentEntries, readRecent } from './recent-entries.ts';
import { type CountObjects, listUnsealedFilters, SealedCounts, type SealedRange } from './sealed-counts.ts';
import type { Summary } from './summary.ts';
import { SummaryCounter } from './summary-counter.ts';
import { encodeLogCursor, type LogContinuation } from './summary-cursor.ts';
import type { SummaryQuery } from './summary-query.ts';
import type { Scope } from './summary-scope.ts';

/** What a summary reads. */
export interface SummaryPorts extends SearchPorts {
  readonly countObjects: CountObjects;
}

/** A segment costs as much as this many read units: the price of a GET of S3 divided by that of a read unit, rounded up. */
const objectUnits = 4;

/** About this many list views fit into a read unit. */
const entriesPerUnit = 22;

/** The request, and what it means. */
export interface LogRequest {
  readonly request: SummaryQuery;
  readonly scope: Scope;
  /** The range and the period before it. */
  readonly query: Query;
  readonly caller: Caller;
  /** Where an earlier part ended. */
  readonly from: LogContinuation | undefined;
  /** Entries recorded later are not counted. `undefined` without such a limit. */
  readonly recordedToMillis: number | undefined;
}

/**
 * Returns the counts, or `undefined` if the index must be read instead: because the log cannot answer the request, or
 * because the index is cheaper. A request that names a size of the log is never answered from the index: it fails with
 * INVALID_PARAMETER instead. Fails with INVALID_CURSOR, LOG_CONTRADICTED and STORE_UNAVAILABLE.
 */
export async function summarizeLog(one: LogRequest, ports: SummaryPorts): Promise<Summary | undefined> {
  const { request, scope, query, caller, from } = one;
  const { asOf } = request;
  const unsealed = listUnsealedFilters(query.filters);
  if (unsealed.length > 0 || caller.accounts !== undefined) {
    if (asOf === undefined) return undefined;
    throw invalidParameter('asOf', `cannot be combined with ${unsealed.join(', ')}`);
  }
  const sealed = await SealedCounts.open(ports.countObjects, caller.organizationId);
  const { fromMillis } = scope.period;
  if (asOf !== undefined) requireSize(asOf, sealed, fromMillis);
  if (sealed === undefined || !sealed.covers(fromMillis)) {
    if (from !== undefined) throw lostLog();
    return undefined;
  }
  const size = from?.size ?? asOf ?? sealed.index.size;
  if (size > sealed.index.size) throw lostLog();
  const range: SealedRange = { period: scope.period, size, before: from?.before ?? size };
  const isDecided = asOf !== undefined || from !== undefined;
  if (!isDecided && !isCheaper(sealed, range)) return undefined;
  const recent = isDecided ? undefined : await readRecent(sealed.index, query, caller, ports);
  if (!isDecided && recent === undefined) return undefined;
  return count(one, ports, sealed, range, recent);
}

/** Fails with INVALID_PARAMETER if the segments do not contain the range of a log of this size. */
function requireSize(asOf: number, sealed: SealedCounts | undefined, fromMillis: number): void {
  if (sealed === undefined)
    throw invalidParameter('asOf', 'is not available before the first entry is sealed');
  const { size } = sealed.index;
  if (asOf > size) {
    throw invalidParameter(
      'asOf',
      `must be at most ${size}, the size of the sealed log that is ready to be counted`,
    );
  }
  if (sealed.covers(fromMillis)) return;
  const since = new Date(sealed.index.since).toISOString();
  throw invalidParameter(
    'asOf',
    `requires a range after ${since}: earlier entries are not in its column files`,
  );
}

function lostLog(): RequestLogsError {
  return new RequestLogsError(
    errorCodes.invalidCursor,
    'cursor is ahead of the sealed log, which was restored or replaced since the cursor was issued',
    { field: 'cursor' },
  );
}

function isCheaper(sealed: SealedCounts, range: SealedRange): boolean {
  const segments = sealed.listSegments(range);
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  return rows / entriesPerUnit > objectUnits * (segments.length + 2);
}

async function count(
  { request, scope, query, caller, from, recordedToMillis }: LogRequest,
  ports: SummaryPorts,
  sealed: SealedCounts,
  range: SealedRange,
  recent: RecentEntries | undefined,
): Promise<Summary | undefined> {
  const nowMillis = ports.now();
  const deadline = nowMillis + ports.limits.timeMillis;
  const counter = new SummaryCounter(request, scope);
  const sinceMillis = recent?.sinceMillis ?? Number.POSITIVE_INFINITY;
  const recentIds = new Set<string>();
  const progress = await sealed.count(
    range,
    { query, caller, nowMillis },
    (entry, timeMillis) => {
      if (timeMillis >= sinceMillis) recentIds.add(entry.id);
      counter.add(entry, timeMillis);
    },
    () => counter.isFull || ports.now() >= deadline,
  );
  let added = 0;
  if (recent !== undefined) {
    // A recent entry could be in a segment that is left.
    if (progress.next !== undefined && progress.latestLeft >= sinceMillis) return undefined;
    for (const item of recent.items) {
      if (recentIds.has(item.id)) continue;
      const isWaiting = Date.parse(item.recordedAt) < nowMillis - maxSealingMillis;
      // The sealer is stalled, so late entries can be missing from the log.
      if (isWaiting && !recent.sealedIds.has(item.id)) return undefined;
      counter.add(item, timeOf(item.id));
      added++;
    }
  }
  const { next, latestLeft, rowsLeft } = progress;
  const { fromMillis, toMillis } = scope.period;
  const continuation = { before: next ?? 0, size: range.size, recordedToMillis };
  return {
    ...counter.toSummary({
      nextCursor: next === undefined ? null : encodeLogCursor(continuation, request, caller),
      isContinued: from !== undefined,
      searchedThroughMillis: next === undefined ? fromMillis : Math.min(toMillis, latestLeft + 1),
      recordedToMillis,
      // Only a size of the log repeats the numbers, so an answer with more recent entries has none.
      ...(added === 0 && { asOf: range.size }),
      ...(next !== undefined && { entriesLeft: rowsLeft }),
    }),
    ...(query.debug && {
      consumedCapacity: {
        index: 'sealed log',
        readUnits: recent?.readUnits ?? 0,
        requests: recent?.requests ?? 0,
        objects: sealed.objectReads + (recent?.objectReads ?? 0),
      },
    }),
  };
}
