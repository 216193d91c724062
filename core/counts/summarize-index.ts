// Counts the entries of a summary from an index, in one pass of the cheapest plan over the range and the period before it.
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import type { Query } from '../query/query.ts';
import { planSearchFrom, type SearchPorts, searchPlanned } from '../search/search.ts';
import type { LogRequest } from './summarize-log.ts';
import type { Summary } from './summary.ts';
import { SummaryCounter } from './summary-counter.ts';
import { encodeSummaryCursor, type SummaryContinuation } from './summary-cursor.ts';

/** The maximum number of entries of one answer, which bounds the memory of a request. */
const maxEntries = 40_000;

/** The request, and where an earlier part ended. */
export interface IndexRequest extends Omit<LogRequest, 'from' | 'recordedToMillis'> {
  readonly from: SummaryContinuation | undefined;
  /** Entries recorded later are not counted. */
  readonly recordedToMillis: number;
}

/** Returns the counts. Fails with STORE_UNAVAILABLE. */
export async function summarizeIndex(one: IndexRequest, ports: SearchPorts): Promise<Summary> {
  const { request, scope, caller, from, recordedToMillis } = one;
  const query: Query = {
    ...one.query,
    recordedToMillis,
    order: 'desc',
    limit: maxEntries,
    cursor: undefined,
  };
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearchFrom(query, caller, ports, from);
  const budget = { readUnits: planned.unitsForEntries, deadline };
  const { page, cost, next: end } = await searchPlanned(query, caller, planned, budget, ports);
  const { items, notSearched } = page;
  const counter = new SummaryCounter(request, scope);
  for (const item of items) {
    counter.add(item, timeOf(item.id));
    if (counter.isFull) break;
  }
  const next =
    counter.count < items.length
      ? { position: (items[counter.count - 1] as ListItem).id, index: cost.index }
      : end;
  const summary = counter.toSummary({
    nextCursor: next ? encodeSummaryCursor({ ...next, asOfMillis: recordedToMillis }, request, caller) : null,
    isContinued: from !== undefined,
    searchedThroughMillis: next === undefined ? scope.period.fromMillis : timeOf(next.position),
    recordedToMillis,
    notSearched,
  });
  const readUnits = planned.readUnits + cost.readUnits;
  return { ...summary, ...(query.debug && { consumedCapacity: { ...cost, readUnits } }) };
}
