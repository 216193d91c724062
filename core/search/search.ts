// One page of a list, from its query to its answer: finds the plans, has one chosen and the page filled from it, each
// within the read budget, and says honestly how far the search came, how it goes on and, when asked, what it cost.
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt, timeOf } from '../entry/entry-id.ts';
import { type Continuation, decodeCursor, encodeCursor } from '../query/cursor.ts';
import { matches } from '../query/matching.ts';
import type { Query } from '../query/query.ts';
import type { DirectoryReader, IndexReader } from '../storage/ports.ts';
import type { IndexShards } from '../storage/shards.ts';
import { indexNames } from '../storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { chooseScan, type SearchStart } from './choose-plan.ts';
import { fillPage, type PageBudget } from './fill-page.ts';
import { KWayMerge } from './k-way-merge.ts';
import type { StreamRange } from './partition-stream.ts';
import { findPlan, listPlans, type Plan } from './plan.ts';

export interface Page {
  readonly items: readonly ListItem[];
  /** Continues exactly behind this page; `null` when the range was searched whole. */
  readonly nextCursor: string | null;
  readonly complete: boolean;
  /** Every entry from the range's start to this time has been searched; in reading order. */
  readonly searchedThrough: string;
  /** What the page cost, planning included; only when the query asks for it. */
  readonly consumedCapacity?: ConsumedCapacity;
}

export interface ConsumedCapacity {
  /** The index that the page was read from. */
  readonly index: string;
  readonly readUnits: number;
  /** Queries sent to indexes. */
  readonly requests: number;
}

export interface SearchLimits {
  /**
   * Read units that a request may spend; the chunk under way may go a little beyond, and every partition is read once.
   * Half of them are for entries whatever planning cost, so a request spends more where planning takes more than the
   * other half: where the regions of more than half as many accounts must be looked up, a unit each.
   */
  readonly readUnits: number;
  readonly timeMillis: number;
}

export interface SearchPorts {
  readonly entries: IndexReader;
  readonly directory: DirectoryReader;
  readonly shards: IndexShards;
  readonly limits: SearchLimits;
  readonly now: () => number;
}

/** Of the read budget that expanding prefixes may spend; beyond it another index is read. */
const maxPlanningShare = 0.25;

/** Answers one page of the query for the caller. */
export async function search(query: Query, caller: Caller, ports: SearchPorts): Promise<Page> {
  refuseCostOfOthers(query, caller);
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearch(query, caller, ports);
  const budget = { readUnits: planned.unitsForEntries, deadline };
  const { page, cost } = await searchPlanned(query, caller, planned, budget, ports);
  if (!query.debug) return page;
  return { ...page, consumedCapacity: { ...cost, readUnits: planned.readUnits + cost.readUnits } };
}

/** The ways to answer a query, for all of its pages. */
export interface PlannedSearch {
  readonly plans: readonly [Plan, ...Plan[]];
  /** What finding them cost. */
  readonly readUnits: number;
  /** What is left of the request's read units. */
  readonly unitsForEntries: number;
  /** Where the query's cursor goes on; `undefined` at the start of the range. */
  readonly from: Continuation | undefined;
}

/** Looks for the plans of the query; for a cursor, for the one that its search began with, if it can still be read. */
export async function planSearch(query: Query, caller: Caller, ports: SearchPorts): Promise<PlannedSearch> {
  const from = query.cursor === undefined ? undefined : decodeCursor(query.cursor, query, caller);
  const { directory, limits, shards } = ports;
  let readUnits = 0;
  const meter = (units: number) => {
    readUnits += units;
  };
  const unitsLeft = () => limits.readUnits * maxPlanningShare - readUnits;
  const plans = await listPlans(query, caller, { directory, meter, unitsLeft }, shards, from?.index);
  const unitsForEntries = Math.max(limits.readUnits - readUnits, limits.readUnits / 2);
  return { plans, readUnits, unitsForEntries, from };
}

/** A page, and beside it what not every caller may learn. */
export interface SearchedPage {
  readonly page: Omit<Page, 'consumedCapacity'>;
  /** What reading its entries cost, planning not included. */
  readonly cost: ConsumedCapacity;
  /** Where the next page begins, as its cursor says; `undefined` when there is none. */
  readonly next: Continuation | undefined;
}

/**
 * One page of a planned search, behind `from`: the query's own cursor is not looked at again. A page always gets further,
 * whatever the budget.
 */
export async function searchPlanned(
  query: Query,
  caller: Caller,
  { plans, from }: Pick<PlannedSearch, 'plans' | 'from'>,
  { readUnits, deadline }: PageBudget,
  ports: SearchPorts,
): Promise<SearchedPage> {
  const chosen = findPlan(plans, from?.index);
  const scans = toScans(chosen ? [chosen] : plans, rangeOf(query, from?.position), ports.entries);
  const isMatch = (item: ListItem) => matches(item, query, caller, ports.now());
  const start = startOf(query, from?.position, ports.now());
  const scan = await chooseScan(scans, start, isMatch);
  const index = indexNames[scan.plan.index];
  const spentOnLooks = sum(scans, 'readUnits') - scan.readUnits;
  const budget = { readUnits: readUnits - spentOnLooks, deadline };
  const { items, stoppedAt } = await fillPage(scan, start, isMatch, budget, ports.now);
  const next = stoppedAt === undefined ? undefined : { position: stoppedAt, index };
  return {
    page: toPage(items, next, query, caller, ports.now()),
    cost: { index, readUnits: sum(scans, 'readUnits'), requests: sum(scans, 'requests') },
    next,
  };
}

/** A cost tells how much there is, also of accounts that the caller may not see. */
function refuseCostOfOthers(query: Query, caller: Caller): void {
  if (!query.debug || caller.accounts === undefined) return;
  throw new RequestLogsError(
    errorCodes.forbidden,
    'debug is forbidden for callers limited to specific accounts, because the cost reveals data about other accounts',
    { field: 'debug' },
  );
}

function toScans(
  plans: readonly [Plan, ...Plan[]],
  range: StreamRange,
  entries: IndexReader,
): readonly [KWayMerge, ...KWayMerge[]] {
  const [first, ...others] = plans;
  return [new KWayMerge(entries, first, range), ...others.map((plan) => new KWayMerge(entries, plan, range))];
}

function sum(scans: readonly KWayMerge[], field: 'readUnits' | 'requests'): number {
  return scans.reduce((total, scan) => total + scan[field], 0);
}

function toPage(
  items: readonly ListItem[],
  next: Continuation | undefined,
  query: Query,
  caller: Caller,
  now: number,
): SearchedPage['page'] {
  if (next === undefined) {
    const end = query.order === 'desc' ? query.fromMillis : Math.min(query.toMillis, now);
    return { items, nextCursor: null, complete: true, searchedThrough: toTime(end) };
  }
  return {
    items,
    nextCursor: encodeCursor(next, query, caller),
    complete: false,
    searchedThrough: toTime(timeOf(next.position)),
  };
}

function toTime(millis: number): string {
  return new Date(millis).toISOString();
}

function rangeOf({ fromMillis, toMillis, order }: Query, position: string | undefined): StreamRange {
  const lowestId = lowestIdAt(fromMillis);
  const highestId = highestIdAt(toMillis);
  if (position === undefined) return { lowestId, highestId, order };
  if (order === 'desc') {
    const before = justBefore(position);
    return { lowestId, highestId: before < highestId ? before : highestId, order };
  }
  const after = justAfter(position);
  return { lowestId: after > lowestId ? after : lowestId, highestId, order };
}

function startOf(query: Query, position: string | undefined, now: number): SearchStart {
  const { fromMillis, order, limit } = query;
  const toMillis = Math.min(query.toMillis, now);
  const begin = order === 'desc' ? toMillis : fromMillis;
  const startMillis = position === undefined ? begin : timeOf(position);
  return {
    startMillis,
    restMillis: order === 'desc' ? startMillis - fromMillis : toMillis - startMillis,
    limit,
  };
}
