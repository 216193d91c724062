// One page of a list: picks a plan, takes its entries in id order, keeps what matches, and stops at the page size, the
// end of the range or the read budget, whichever comes first. It says honestly which.
import type { Caller } from './caller.ts';
import { chooseScan, type SearchStart } from './choose-plan.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ListItem } from './entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt, timeOf } from './entry-id.ts';
import { errorCodes, RequestLogsError } from './errors.ts';
import { type FilledPage, fillPage, type PageBudget } from './fill-page.ts';
import { matches } from './matching.ts';
import { MergedScan } from './merged-scan.ts';
import { indexNames } from './names.ts';
import type { StreamRange } from './partition-stream.ts';
import { findPlan, listPlans, type Plan } from './plan.ts';
import type { Directory, EntryStore } from './ports.ts';
import type { Query } from './query.ts';
import type { IndexShards } from './shards.ts';

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
  readonly entries: EntryStore;
  readonly directory: Directory;
  readonly shards: IndexShards;
  readonly limits: SearchLimits;
  readonly now: () => number;
}

/** Of the read budget that expanding prefixes may spend; beyond it another index is read. */
const maxPlanningShare = 0.25;

/** Answers one page of the query for the caller. */
export async function search(query: Query, caller: Caller, ports: SearchPorts): Promise<Page> {
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearch(query, caller, ports);
  const budget = { readUnits: planned.unitsForEntries, deadline };
  const { consumedCapacity, ...page } = await searchPlanned(query, caller, planned, budget, ports);
  if (!query.debug) return page;
  const readUnits = planned.readUnits + consumedCapacity.readUnits;
  return { ...page, consumedCapacity: { ...consumedCapacity, readUnits } };
}

/** The ways to answer a query, for all of its pages. */
export interface PlannedSearch {
  readonly plans: readonly [Plan, ...Plan[]];
  /** What finding them cost. */
  readonly readUnits: number;
  /** What is left of the request's read units. */
  readonly unitsForEntries: number;
}

/** Looks for the plans of the query; for a cursor, for the one that its search began with, if it can still be read. */
export async function planSearch(query: Query, caller: Caller, ports: SearchPorts): Promise<PlannedSearch> {
  refuseCostOfOthers(query, caller);
  const { directory, limits, shards } = ports;
  let readUnits = 0;
  const meter = (units: number) => {
    readUnits += units;
  };
  const unitsLeft = () => limits.readUnits * maxPlanningShare - readUnits;
  const begunOn = cursorOf(query, caller)?.index;
  const plans = await listPlans(query, caller, { directory, meter, unitsLeft }, shards, begunOn);
  const unitsForEntries = Math.max(limits.readUnits - readUnits, limits.readUnits / 2);
  return { plans, readUnits, unitsForEntries };
}

/** One page of a planned search, with what reading its entries cost. A page always gets further, whatever the budget. */
export async function searchPlanned(
  query: Query,
  caller: Caller,
  { plans }: PlannedSearch,
  { readUnits, deadline }: PageBudget,
  ports: SearchPorts,
): Promise<Page & { readonly consumedCapacity: ConsumedCapacity }> {
  const from = cursorOf(query, caller);
  const chosen = findPlan(plans, from?.index);
  const scans = toScans(chosen ? [chosen] : plans, rangeOf(query, from?.position), ports.entries);
  const isMatch = (item: ListItem) => matches(item, query, caller, ports.now());
  const start = startOf(query, from?.position, ports.now());
  const scan = await chooseScan(scans, start, isMatch);
  const spentOnLooks = sum(scans, 'readUnits') - scan.readUnits;
  const budget = { readUnits: readUnits - spentOnLooks, deadline };
  const page = await fillPage(scan, start, isMatch, budget, ports.now);
  return {
    ...toPage(page, scan.plan, query, caller, ports.now()),
    consumedCapacity: {
      index: indexNames[scan.plan.index],
      readUnits: sum(scans, 'readUnits'),
      requests: sum(scans, 'requests'),
    },
  };
}

function cursorOf(query: Query, caller: Caller) {
  return query.cursor === undefined ? undefined : decodeCursor(query.cursor, query, caller);
}

/** A cost tells how much there is, also of accounts that the caller may not see. */
function refuseCostOfOthers(query: Query, caller: Caller): void {
  if (!query.debug || caller.accounts === undefined) return;
  throw new RequestLogsError(
    errorCodes.forbidden,
    'debug is refused to callers who are limited to some accounts, since a cost tells of others',
    { field: 'debug' },
  );
}

function toScans(
  plans: readonly [Plan, ...Plan[]],
  range: StreamRange,
  entries: EntryStore,
): readonly [MergedScan, ...MergedScan[]] {
  const [first, ...others] = plans;
  return [
    new MergedScan(entries, first, range),
    ...others.map((plan) => new MergedScan(entries, plan, range)),
  ];
}

function sum(scans: readonly MergedScan[], field: 'readUnits' | 'requests'): number {
  return scans.reduce((total, scan) => total + scan[field], 0);
}

function toPage(
  { items, stoppedAt }: FilledPage,
  plan: Plan,
  query: Query,
  caller: Caller,
  now: number,
): Page {
  if (stoppedAt === undefined) {
    const end = query.order === 'desc' ? query.fromMillis : Math.min(query.toMillis, now);
    return { items, nextCursor: null, complete: true, searchedThrough: toTime(end) };
  }
  return {
    items,
    nextCursor: encodeCursor({ position: stoppedAt, index: indexNames[plan.index] }, query, caller),
    complete: false,
    searchedThrough: toTime(timeOf(stoppedAt)),
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
