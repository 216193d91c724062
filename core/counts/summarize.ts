// Counts the entries that match a summary request, from the sealed log or from an index, whichever is cheaper. Every answer
// says whether it is exact; if it ends before everything is counted, its cursor continues.
import { type Caller, requireAllAccounts } from '../access/caller.ts';
import type { Query } from '../query/query.ts';
import { rejectDebugIfLimited } from '../search/search.ts';
import { summarizeIndex } from './summarize-index.ts';
import { type SummaryPorts, summarizeLog } from './summarize-log.ts';
import type { Summary } from './summary.ts';
import { decodeSummaryCursor } from './summary-cursor.ts';
import type { SummaryQuery } from './summary-query.ts';
import { findScope } from './summary-scope.ts';

/**
 * Returns the counts for the caller. An answer that ends early contains all groups of what it counted, so that clients can
 * add up the answers. Fails with INVALID_PARAMETER, INVALID_CURSOR, FORBIDDEN, LOG_CONTRADICTED or STORE_UNAVAILABLE.
 */
export async function summarize(
  request: SummaryQuery,
  caller: Caller,
  ports: SummaryPorts,
): Promise<Summary> {
  rejectDebugIfLimited(request.query, caller);
  if (request.asOf !== undefined) requireAllAccounts(caller);
  const from = decodeSummaryCursor(request, caller, ports.now());
  const nowMillis = ports.now();
  const { recordedToMillis } = request.query;
  const limitMillis = Math.min(recordedToMillis ?? Number.POSITIVE_INFINITY, nowMillis);
  if (from?.kind === 'index') {
    const scope = findScope(request, from.asOfMillis);
    return summarizeIndex(
      {
        request,
        scope,
        query: toQuery(request, scope.period),
        caller,
        from,
        recordedToMillis: from.asOfMillis,
      },
      ports,
    );
  }
  // A size of the log limits the entries by itself, so that the same numbers are repeated at any time.
  const initialLimit = request.asOf === undefined ? limitMillis : recordedToMillis;
  const logLimit = from === undefined ? initialLimit : from.recordedToMillis;
  const scope = findScope(request, logLimit ?? nowMillis);
  const query = { ...toQuery(request, scope.period), recordedToMillis: logLimit };
  const counted = await summarizeLog(
    { request, scope, query, caller, from, recordedToMillis: logLimit },
    ports,
  );
  if (counted !== undefined) return counted;
  return summarizeIndex(
    { request, scope, query, caller, from: undefined, recordedToMillis: limitMillis },
    ports,
  );
}

function toQuery(
  { query }: SummaryQuery,
  { fromMillis, toMillis }: Pick<Query, 'fromMillis' | 'toMillis'>,
): Query {
  return { ...query, fromMillis, toMillis, order: 'desc' };
}
