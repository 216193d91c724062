// One page of a list: picks a plan, takes its entries in id order, keeps what matches, and stops at the page size, the
// end of the range or the read budget, whichever comes first. It says honestly which.
import type { Caller } from './caller.ts';
import { chooseScan, expectedLeft, type SearchStart } from './choose-plan.ts';
import { nextChunkSize } from './chunk-size.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ListItem } from './entry.ts';
import { highestIdAt, justAfter, justBefore, lowestIdAt, timeOf } from './entry-id.ts';
import { errorCodes, RequestLogsError } from './errors.ts';
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
  /** Read units that a page may spend; the chunk under way may go a little beyond. */
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

/** Of the read budget that expanding names may spend before another index is read instead. */
const maxPlanningShare = 0.25;

/** Answers one page of the query for the caller. */
export async function search(query: Query, caller: Caller, ports: SearchPorts): Promise<Page> {
  refuseCostOfOthers(query, caller);
  const deadline = ports.now() + ports.limits.timeMillis;
  const from = query.cursor === undefined ? undefined : decodeCursor(query.cursor, query, caller);
  let planningUnits = 0;
  const meter = (readUnits: number) => {
    planningUnits += readUnits;
  };
  const isSpent = () => planningUnits >= ports.limits.readUnits * maxPlanningShare;
  const plans = await listPlans(query, caller, { directory: ports.directory, meter, isSpent }, ports.shards);
  const chosen = findPlan(plans, from?.index);
  const scans = toScans(chosen ? [chosen] : plans, rangeOf(query, from?.position), ports.entries);
  const isMatch = (item: ListItem) => matches(item, query, caller, ports.now());
  const start = startOf(query, from?.position, ports.now());
  const scan = await chooseScan(scans, start, isMatch);
  const spentOnPlanning = planningUnits + sum(scans, 'readUnits') - scan.readUnits;
  const budget = { readUnits: ports.limits.readUnits - spentOnPlanning, deadline, now: ports.now };
  const page = await fillPage(scan, start, isMatch, budget);
  const consumedCapacity = {
    index: indexNames[scan.plan.index],
    readUnits: planningUnits + sum(scans, 'readUnits'),
    requests: sum(scans, 'requests'),
  };
  return {
    ...toPage(page, scan.plan, query, caller, ports.now()),
    ...(query.debug ? { consumedCapacity } : {}),
  };
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

interface FilledPage {
  readonly items: readonly ListItem[];
  /** The last id that was searched; `undefined` when the range was searched whole. */
  readonly stoppedAt: string | undefined;
}

interface Budget {
  readonly readUnits: number;
  readonly deadline: number;
  readonly now: () => number;
}

async function fillPage(
  scan: MergedScan,
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
  budget: Budget,
): Promise<FilledPage> {
  const { limit } = start;
  const items: ListItem[] = [];
  let searched = 0;
  for (;;) {
    if (scan.isDry) {
      const unitsLeft = budget.readUnits - scan.readUnits;
      // Every partition is read once, whatever the budget: a page always gets further.
      if (scan.isStarted && (unitsLeft <= 0 || budget.now() >= budget.deadline)) {
        return drainBuffer(scan, limit, isMatch, items);
      }
      const missing = limit - items.length;
      await scan.readOn(
        scan.plan.isExact
          ? missing
          : nextChunkSize({
              missing,
              searched,
              found: items.length,
              expectedLeft: expectedLeft(scan, start),
              unitsLeft,
              spentUnits: scan.readUnits,
            }),
      );
      continue;
    }
    const item = scan.take();
    if (item === undefined) return { items, stoppedAt: undefined };
    searched++;
    if (isMatch(item)) items.push(item);
    if (items.length === limit) {
      const isEnd = scan.isReadToEnd && !scan.buffered.some(isMatch);
      return { items, stoppedAt: isEnd ? undefined : item.id };
    }
  }
}

/** The budget is spent: takes what was read up to where every partition has been read, and stops there. */
function drainBuffer(
  scan: MergedScan,
  limit: number,
  isMatch: (item: ListItem) => boolean,
  items: ListItem[],
): FilledPage {
  for (const item of scan.buffered) {
    if (!isMatch(item)) continue;
    items.push(item);
    if (items.length === limit) return { items, stoppedAt: item.id };
  }
  return { items, stoppedAt: scan.frontier };
}
