// Answers one page of a list request: plans the query, chooses a plan and fills the page within the read budget.
import type { Caller } from '../access/caller.ts';
import { maxClockSkewMillis } from '../contract/clock-skew.ts';
import type { ListItem } from '../entry/entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt, timeOf } from '../entry/entry-id.ts';
import { type Continuation, decodeCursor } from '../query/cursor.ts';
import { matches } from '../query/matching.ts';
import type { Query } from '../query/query.ts';
import type { DetailReader, DirectoryReader, IndexReader } from '../storage/ports.ts';
import type { IndexShards } from '../storage/shards.ts';
import { indexNames } from '../storage/table-attributes.ts';
import { errorCodes, RequestLogsError } from '../values/errors.ts';
import { fillFromWindow } from './aligned-window.ts';
import { chooseScan, type SearchStart } from './choose-plan.ts';
import { DetailSearch } from './detail-search.ts';
import { fillPage, type PageBudget } from './fill-page.ts';
import { fillPageByDetails } from './fill-page-by-details.ts';
import { KWayMerge } from './k-way-merge.ts';
import { NearMissCollector } from './near-miss-collector.ts';
import type { Page } from './page.ts';
import type { StreamRange } from './partition-stream.ts';
import { findPlan, listPlans, type Plan } from './plan.ts';
import { type SearchedPage, toPage } from './searched-page.ts';
import { suggestValues } from './suggest-values.ts';

/** The limits of one request. */
export interface SearchLimits {
  /**
   * Read units that a request can consume. The last read can exceed them slightly, and every partition is read at least
   * once. Half of them are reserved for entries. A request therefore exceeds the limit if planning takes more than the
   * other half, which happens if the Regions of very many accounts must be looked up, at one unit per account.
   */
  readonly readUnits: number;
  readonly timeMillis: number;
}

/** The stores, settings and clock that a search uses. */
export interface SearchPorts {
  readonly entries: IndexReader;
  /** Reads the entries whose details a query filters. */
  readonly details: DetailReader;
  readonly directory: DirectoryReader;
  readonly shards: IndexShards;
  readonly limits: SearchLimits;
  readonly now: () => number;
}

/** What a planned search uses. */
export type PageReaders = Pick<SearchPorts, 'entries' | 'details' | 'now'>;

/** The fraction of the read budget for expanding prefixes. If it is not enough, another index is used. */
const maxPlanningShare = 0.25;

/** Returns one page of the query's results for the caller. */
export async function search(query: Query, caller: Caller, ports: SearchPorts): Promise<Page> {
  rejectDebugIfLimited(query, caller);
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearch(query, caller, ports);
  const budget = { readUnits: planned.unitsForEntries, deadline };
  const nearMisses = new NearMissCollector(query, caller);
  const { page, cost } = await searchPlanned(query, caller, planned, budget, ports, nearMisses);
  let readUnits = planned.readUnits + cost.readUnits;
  const meter = (units: number) => {
    readUnits += units;
  };
  const suggestions =
    page.items.length < query.limit
      ? await suggestValues(query, caller, page.items, nearMisses, ports.directory, meter)
      : [];
  return {
    ...page,
    ...(suggestions.length > 0 && { suggestions }),
    ...(query.debug && { consumedCapacity: { ...cost, readUnits } }),
  };
}

/** The plans for a query, which apply to all of its pages. */
export interface PlannedSearch {
  readonly plans: readonly [Plan, ...Plan[]];
  /** Read units consumed by planning. */
  readonly readUnits: number;
  /** Read units of the request that are left for entries. */
  readonly unitsForEntries: number;
  /** Where the query's cursor continues, or `undefined` at the start of the range. */
  readonly from: Continuation | undefined;
}

/** Plans the query. With a cursor, it uses the index that the search started with if that is still possible. */
export async function planSearch(query: Query, caller: Caller, ports: SearchPorts): Promise<PlannedSearch> {
  const from = query.cursor === undefined ? undefined : decodeCursor(query.cursor, query, caller);
  return planSearchFrom(query, caller, ports, from);
}

/** Plans the query like `planSearch`, from a position that the caller has decoded. Ignores the query's own cursor. */
export async function planSearchFrom(
  query: Query,
  caller: Caller,
  ports: SearchPorts,
  from: Continuation | undefined,
): Promise<PlannedSearch> {
  const { directory, limits, shards } = ports;
  let readUnits = 0;
  const meter = (units: number) => {
    readUnits += units;
  };
  const remainingUnits = () => limits.readUnits * maxPlanningShare - readUnits;
  const plans = await listPlans(query, caller, { directory, meter, remainingUnits }, shards, from?.index);
  const unitsForEntries = Math.max(limits.readUnits - readUnits, limits.readUnits / 2);
  return { plans, readUnits, unitsForEntries, from };
}

/**
 * Returns one page of a planned search, starting at `from`. Ignores the query's own cursor. Every page makes progress,
 * regardless of the budget. `nearMisses` examines the entries that the page skips.
 */
export async function searchPlanned(
  query: Query,
  caller: Caller,
  { plans, from }: Pick<PlannedSearch, 'plans' | 'from'>,
  { readUnits, deadline }: PageBudget,
  ports: PageReaders,
  nearMisses?: NearMissCollector,
): Promise<SearchedPage> {
  const chosen = findPlan(plans, from?.index);
  const details = DetailSearch.of(query.filters, ports.details, caller.organizationId);
  // The partitions of every other index contain entries of other accounts too.
  if (caller.accounts !== undefined && (chosen ?? plans[0]).index !== 'accountRegion') {
    const window = { plan: chosen ?? plans[0], position: from?.position, details, nearMisses };
    return searchWindow(query, caller, window, { readUnits, deadline }, ports);
  }
  const scans = createScans(chosen ? [chosen] : plans, toStreamRange(query, from?.position), ports.entries);
  const isMatch = (item: ListItem) => {
    const isFound = matches(item, query, caller, ports.now());
    if (!isFound) nearMisses?.observe(item, ports.now());
    return isFound && details?.isCandidate(item) !== false;
  };
  const start = toSearchStart(query, from?.position, ports.now());
  const scan = await chooseScan(scans, start, isMatch);
  const index = indexNames[scan.plan.index];
  const sampleUnits = sum(scans, 'readUnits') - scan.readUnits;
  const budget = { readUnits: readUnits - sampleUnits, deadline };
  const { items, stoppedAt } =
    details === undefined
      ? await fillPage(scan, start, isMatch, budget, ports.now)
      : await fillPageByDetails({ scan, start, isCandidate: isMatch, details, budget, now: ports.now });
  const next = stoppedAt === undefined ? undefined : { position: stoppedAt, index };
  return {
    page: { ...toPage(items, next, query, caller, ports.now()), ...details?.report() },
    cost: {
      index,
      readUnits: sum(scans, 'readUnits') + (details?.readUnits ?? 0),
      requests: sum(scans, 'requests'),
      ...(details && { details: details.readCount }),
    },
    next,
  };
}

/** A page that is read from an index of all accounts. */
interface WindowPage {
  readonly plan: Plan;
  readonly position: string | undefined;
  readonly details: DetailSearch | undefined;
  readonly nearMisses: NearMissCollector | undefined;
}

/** Returns one page from an index of all accounts without revealing how many entries of other accounts it contains. */
async function searchWindow(
  query: Query,
  caller: Caller,
  { plan, position, details, nearMisses }: WindowPage,
  { readUnits, deadline }: PageBudget,
  { entries, now }: PageReaders,
): Promise<SearchedPage> {
  const filled = await fillFromWindow({
    query,
    position,
    readUnits,
    isMatch: (item) => matches(item, query, caller, now()) && details?.isCandidate(item) !== false,
    onSkip: (item) => nearMisses?.observe(item, now()),
    latestMillis: now() + maxClockSkewMillis,
    openScan: (range) => new KWayMerge(entries, plan, range),
  });
  // The candidates are entries of the caller's own accounts, so reading them reveals nothing about others.
  const { items, stoppedAt } = details
    ? await details.keepMatches(filled, { readUnits, deadline }, now)
    : filled;
  const index = indexNames[plan.index];
  const next = stoppedAt === undefined ? undefined : { position: stoppedAt, index };
  // An export stops when its budget is used up, so the actual cost would reveal how many entries exist.
  const cost = { index, readUnits, requests: 0 };
  return { page: { ...toPage(items, next, query, caller, now()), ...details?.report() }, cost, next };
}

/**
 * Fails with FORBIDDEN if a limited caller asks for the cost, which reveals how many entries exist, including those in
 * accounts that the caller cannot see.
 */
export function rejectDebugIfLimited(query: Pick<Query, 'debug'>, caller: Caller): void {
  if (!query.debug || caller.accounts === undefined) return;
  throw new RequestLogsError(
    errorCodes.forbidden,
    'debug is forbidden for callers limited to specific accounts, because the cost reveals data about other accounts',
    { field: 'debug' },
  );
}

function createScans(
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

function toStreamRange({ fromMillis, toMillis, order }: Query, position: string | undefined): StreamRange {
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

function toSearchStart(query: Query, position: string | undefined, now: number): SearchStart {
  const { fromMillis, order, limit } = query;
  const toMillis = Math.min(query.toMillis, now);
  const rangeStart = order === 'desc' ? toMillis : fromMillis;
  const startMillis = position === undefined ? rangeStart : timeOf(position);
  return {
    startMillis,
    remainingMillis: order === 'desc' ? startMillis - fromMillis : toMillis - startMillis,
    limit,
  };
}
