// Builds one page of an export from consecutive search pages, until the entry limit, the size limit, the read budget or
// the time limit is reached. It ends after an entry of a search page, so it uses the cursor of the search.
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { maxLimit, type Query } from '../query/query.ts';
import { addNotSearched, type NotSearched } from '../search/detail-search.ts';
import type { Page } from '../search/page.ts';
import { type PlannedSearch, planSearch, type SearchPorts, searchPlanned } from '../search/search.ts';
import { endAfter, type SearchedPage } from '../search/searched-page.ts';
import type { DetailGap, ExportFormat } from './export-format.ts';
import { type DetailPorts, FullRows } from './full-rows.ts';
import { addRows, maxLineBytes, PageBody } from './page-body.ts';

/** One page of an export. */
export interface ExportPage extends Omit<Page, 'items' | 'consumedCapacity'> {
  readonly body: string;
  /** The number of entries in the body. */
  readonly count: number;
  /** Full exports: why entries or disputes of the page are incomplete. */
  readonly gaps?: readonly DetailGap[];
}

/** What an export uses in addition to a search. */
export interface ExportPorts extends SearchPorts {
  /** Used by full exports only. */
  readonly details: DetailPorts;
}

/** Returns one page of the export for the caller. Every page makes progress, regardless of the budget. */
export async function exportPage(
  query: Query,
  format: ExportFormat,
  caller: Caller,
  ports: ExportPorts,
): Promise<ExportPage> {
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearch(query, caller, ports);
  const body = new PageBody(query.cursor === undefined ? format.header : '');
  const request = { query, format, caller, deadline, ports };
  return format.columns === 'full' ? fillFull(request, planned, body) : fillList(request, planned, body);
}

interface Request {
  readonly query: Query;
  readonly format: ExportFormat;
  readonly caller: Caller;
  readonly deadline: number;
  readonly ports: ExportPorts;
}

function toExportPage({ page }: SearchedPage, body: PageBody, notSearched?: NotSearched): ExportPage {
  const { nextCursor, complete, searchedThrough } = page;
  const progress = { nextCursor, complete, searchedThrough };
  return { body: body.text, count: body.count, ...progress, ...(notSearched && { notSearched }) };
}

async function fillList(
  { query, format, caller, deadline, ports }: Request,
  planned: PlannedSearch,
  body: PageBody,
): Promise<ExportPage> {
  let { from, unitsForEntries: remainingUnits } = planned;
  let notSearched: NotSearched | undefined;
  for (;;) {
    const limit = Math.min(maxLimit, query.limit - body.count, Math.floor(body.bytesLeft / maxLineBytes));
    const budget = { readUnits: remainingUnits, deadline };
    const found = await searchPlanned({ ...query, limit }, caller, { ...planned, from }, budget, ports);
    remainingUnits -= found.cost.readUnits;
    for (const item of found.page.items) body.add(format.toLine(item));
    notSearched = addNotSearched(notSearched, found.page.notSearched);
    from = found.next;
    const isFull = body.count >= query.limit || body.bytesLeft < maxLineBytes;
    const isBudgetUsed = remainingUnits <= 0 || ports.now() >= deadline;
    if (from === undefined || isFull || isBudgetUsed) return toExportPage(found, body, notSearched);
  }
}

/**
 * Fills a page with full entries. Half of the remaining budget is for searching and the rest for reading what was found.
 * The page ends after the last entry that it contains, even if the search found more.
 */
async function fillFull(
  { query, format, caller, deadline, ports }: Request,
  planned: PlannedSearch,
  body: PageBody,
): Promise<ExportPage> {
  let { from } = planned;
  let last: ListItem | undefined;
  const rows = new FullRows(caller, ports.details);
  let notSearched: NotSearched | undefined;
  let searchUnits = 0;
  const remainingUnits = () => planned.unitsForEntries - searchUnits - rows.readUnits;
  const canContinue = () => body.count === 0 || (remainingUnits() > 0 && ports.now() < deadline);
  for (;;) {
    const limit = Math.min(maxLimit, query.limit - body.count, rows.estimateCount(remainingUnits()));
    const budget = { readUnits: remainingUnits() / 2, deadline };
    const found = await searchPlanned({ ...query, limit }, caller, { ...planned, from }, budget, ports);
    searchUnits += found.cost.readUnits;
    const { items } = found.page;
    notSearched = addNotSearched(notSearched, found.page.notSearched);
    last = (await addRows(rows.read(items, canContinue), format, body)) ?? last;
    const isCut = items.length > 0 && last !== items.at(-1);
    from = found.next;
    if (
      isCut ||
      from === undefined ||
      body.count >= query.limit ||
      remainingUnits() <= 0 ||
      ports.now() >= deadline
    ) {
      const ended = isCut && last !== undefined ? endAfter(found, last.id, query, caller) : found;
      return { ...toExportPage(ended, body, notSearched), gaps: rows.gaps };
    }
  }
}
