// Builds one page of an export from consecutive search pages, until the entry limit, the size limit, the read budget or
// the time limit is reached. It ends where a search page ends, so it uses the cursor of the search.
import type { Caller } from '../access/caller.ts';
import { maxLimit, type Query } from '../query/query.ts';
import { type Page, planSearch, type SearchPorts, searchPlanned } from '../search/search.ts';
import type { ExportFormat } from './export-format.ts';

/** One page of an export. */
export interface ExportPage extends Omit<Page, 'items' | 'consumedCapacity'> {
  readonly body: string;
  /** The number of entries in the body. */
  readonly count: number;
}

/**
 * The maximum size of a page in bytes, encoded as a JSON string as in the function's response. A Lambda response is
 * limited to 6 MB (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
export const maxPageBytes = 5 * 1024 * 1024;

/** An upper bound for one line: an entry whose fields all have the maximum length and consist of redaction markers. */
export const maxLineBytes = 24 * 1024;

/** Returns one page of the export for the caller. Every page makes progress, regardless of the budget. */
export async function exportPage(
  query: Query,
  format: ExportFormat,
  caller: Caller,
  ports: SearchPorts,
): Promise<ExportPage> {
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearch(query, caller, ports);
  let { from, unitsForEntries: remainingUnits } = planned;
  let body = query.cursor === undefined ? format.header : '';
  let [count, bytes] = [0, body.length];
  for (;;) {
    const limit = Math.min(maxLimit, query.limit - count, Math.floor((maxPageBytes - bytes) / maxLineBytes));
    const budget = { readUnits: remainingUnits, deadline };
    const remaining = { ...planned, from };
    const { page, cost, next } = await searchPlanned({ ...query, limit }, caller, remaining, budget, ports);
    remainingUnits -= cost.readUnits;
    for (const item of page.items) {
      const line = format.toLine(item);
      body += line;
      bytes += Buffer.byteLength(JSON.stringify(line));
    }
    count += page.items.length;
    from = next;
    const isFull = count >= query.limit || maxPageBytes - bytes < maxLineBytes;
    const isBudgetUsed = remainingUnits <= 0 || ports.now() >= deadline;
    if (next === undefined || isFull || isBudgetUsed) {
      const { nextCursor, complete, searchedThrough } = page;
      return { body, count, nextCursor, complete, searchedThrough };
    }
  }
}
