// One page of an export: pages of the search, one after the other, until the entries asked for, the bytes an answer
// may have, the read budget or the time is used up. It ends where a search page ends, so its cursor is the search's.
import type { Caller } from '../access/caller.ts';
import { maxLimit, type Query } from '../query/query.ts';
import { type Page, planSearch, type SearchPorts, searchPlanned } from '../search/search.ts';
import type { ExportFormat } from './export-format.ts';

export interface ExportPage extends Omit<Page, 'items' | 'consumedCapacity'> {
  readonly body: string;
  /** Entries in the body. */
  readonly count: number;
}

/**
 * Bytes of a page, as JSON: so a function hands it to API Gateway, and Lambda takes 6 MB at most.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const maxPageBytes = 5 * 1024 * 1024;

/** More than a line takes that holds the longest texts of the contract, all of redaction markers. */
export const maxLineBytes = 24 * 1024;

/** Answers one page of the export for the caller. A page always gets further, whatever the budget. */
export async function exportPage(
  query: Query,
  format: ExportFormat,
  caller: Caller,
  ports: SearchPorts,
): Promise<ExportPage> {
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearch(query, caller, ports);
  let { from, unitsForEntries: unitsLeft } = planned;
  let body = query.cursor === undefined ? format.header : '';
  let [count, bytes] = [0, body.length];
  for (;;) {
    const limit = Math.min(maxLimit, query.limit - count, Math.floor((maxPageBytes - bytes) / maxLineBytes));
    const budget = { readUnits: unitsLeft, deadline };
    const goOn = { ...planned, from };
    const { page, cost, next } = await searchPlanned({ ...query, limit }, caller, goOn, budget, ports);
    unitsLeft -= cost.readUnits;
    for (const item of page.items) {
      const line = format.toLine(item);
      body += line;
      bytes += Buffer.byteLength(JSON.stringify(line));
    }
    count += page.items.length;
    from = next;
    const isFull = count >= query.limit || maxPageBytes - bytes < maxLineBytes;
    const isSpent = unitsLeft <= 0 || ports.now() >= deadline;
    if (next === undefined || isFull || isSpent) {
      const { nextCursor, complete, searchedThrough } = page;
      return { body, count, nextCursor, complete, searchedThrough };
    }
  }
}
