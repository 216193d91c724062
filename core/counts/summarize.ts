// Counts the entries that match a summary request, in one pass of the cheapest plan over the range and the period before
// it. Every answer says whether it is exact; if the budget ends first, its cursor continues with the entries before.
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { timeOf } from '../entry/entry-id.ts';
import type { Query } from '../query/query.ts';
import { planSearchFrom, rejectDebugIfLimited, type SearchPorts, searchPlanned } from '../search/search.ts';
import type { SearchedPage } from '../search/searched-page.ts';
import { invalidParameter } from '../values/errors.ts';
import { chooseInterval, type Interval } from './intervals.ts';
import { findPreviousPeriod, type Period, type PreviousPeriod } from './periods.ts';
import { rankGroups } from './rank-groups.ts';
import type { Dimension, Group, Summary } from './summary.ts';
import { decodeSummaryCursor, encodeSummaryCursor, type SummaryContinuation } from './summary-cursor.ts';
import type { SummaryQuery } from './summary-query.ts';
import { Tally } from './tally.ts';
import { bucketLimit, TimeBuckets } from './time-buckets.ts';

/** The maximum number of entries of one answer, which bounds the memory of a request. */
const maxEntries = 40_000;

/** An upper bound for the groups of a partial answer, in bytes. A Lambda response is limited to 6 MB. */
const maxGroupBytes = 4_000_000;

const noEntries: Group = { key: {}, count: 0, denied: 0 };

/** What a summary counts. */
interface Scope {
  readonly range: Period;
  readonly previous: PreviousPeriod | undefined;
  readonly interval: Interval | undefined;
  readonly buckets: TimeBuckets | undefined;
}

/**
 * Returns the counts for the caller. An answer that ends at its budget contains all groups of what it counted, so that
 * clients can add up the answers. Fails with INVALID_PARAMETER, INVALID_CURSOR, FORBIDDEN or STORE_UNAVAILABLE.
 */
export async function summarize(request: SummaryQuery, caller: Caller, ports: SearchPorts): Promise<Summary> {
  rejectDebugIfLimited(request.query, caller);
  const from = decodeSummaryCursor(request, caller, ports.now());
  const asOfMillis =
    from?.asOfMillis ?? Math.min(request.query.recordedToMillis ?? Number.POSITIVE_INFINITY, ports.now());
  const scope = findScope(request, asOfMillis);
  const query: Query = {
    ...request.query,
    fromMillis: scope.previous?.fromMillis ?? scope.range.fromMillis,
    toMillis: scope.range.toMillis,
    recordedToMillis: asOfMillis,
    order: 'desc',
    limit: maxEntries,
    cursor: undefined,
  };
  const deadline = ports.now() + ports.limits.timeMillis;
  const planned = await planSearchFrom(query, caller, ports, from);
  const budget = { readUnits: planned.unitsForEntries, deadline };
  const searched = await searchPlanned(query, caller, planned, budget, ports);
  const readUnits = planned.readUnits + searched.cost.readUnits;
  return {
    ...toAnswer(request, scope, { caller, from, asOfMillis }, searched),
    ...(request.query.debug && { consumedCapacity: { ...searched.cost, readUnits } }),
  };
}

/** Returns the range, which ends at `asOfMillis` unless the request names its end, and what it is compared with. */
function findScope(request: SummaryQuery, asOfMillis: number): Scope {
  const { query, hasEnd, groupBy, zone, isCompared } = request;
  const { fromMillis } = query;
  const range = {
    fromMillis,
    toMillis: hasEnd ? query.toMillis : Math.min(query.toMillis, Math.max(fromMillis, asOfMillis)),
  };
  const previous = isCompared ? findPreviousPeriod(range, zone) : undefined;
  if (!groupBy.includes('time')) return { range, previous, interval: undefined, buckets: undefined };
  const interval = request.interval ?? chooseInterval(range.toMillis - fromMillis);
  const buckets = TimeBuckets.of(interval, range, previous, zone);
  if (buckets === undefined) {
    const remedy = interval === 'week' ? 'a shorter range' : 'a longer interval or a shorter range';
    const start = fromMillis === 0 ? ', because the range begins in 1970 without from' : '';
    throw invalidParameter('interval', `must divide the range into ${bucketLimit}; choose ${remedy}${start}`);
  }
  return { range, previous, interval, buckets };
}

/** Where an answer starts. */
interface Start {
  readonly caller: Caller;
  readonly from: SummaryContinuation | undefined;
  readonly asOfMillis: number;
}

function toAnswer(request: SummaryQuery, scope: Scope, start: Start, searched: SearchedPage): Summary {
  const { groupBy, topLists, zone, orderBy, top, isCompared } = request;
  const { range, previous, interval, buckets } = scope;
  const { fromMillis } = range;
  const toTally = (dimensions: readonly Dimension[]) =>
    new Tally({ groupBy: dimensions, fromMillis, isCompared, buckets });
  const main = toTally(groupBy);
  const totals = toTally([]);
  const lists = topLists.map((name) => ({ groupBy: [name], tally: toTally([name]) }));
  const { items, notSearched } = searched.page;
  const count = countUntilFull(items, [totals, main, ...lists.map(({ tally }) => tally)]);
  const next =
    count < items.length
      ? { position: (items[count - 1] as ListItem).id, index: searched.cost.index }
      : searched.next;
  // A part lists all its groups, because a group that is small in one part can be large in the sum.
  const isPart = next !== undefined || start.from !== undefined;
  const rank = (dimensions: readonly Dimension[], tally: Tally) =>
    rankGroups(tally.groups, { groupBy: dimensions, order: orderBy, top: isPart ? undefined : top });
  const [total = noEntries] = totals.groups;
  return {
    from: toIsoTime(range.fromMillis),
    to: toIsoTime(range.toMillis),
    timeZone: zone.name,
    ...(interval && { interval }),
    ...rank(groupBy, main),
    total: total.count,
    denied: total.denied,
    ...(previous && {
      previous: {
        from: toIsoTime(previous.fromMillis),
        to: toIsoTime(previous.toMillis),
        total: total.previous?.count ?? 0,
        denied: total.previous?.denied ?? 0,
      },
    }),
    ...(topLists.length > 0 && { topLists: lists.map((list) => rank(list.groupBy, list.tally)) }),
    exact: !isPart && notSearched === undefined,
    searchedThrough: toIsoTime(next === undefined ? (previous ?? range).fromMillis : timeOf(next.position)),
    nextCursor:
      next === undefined
        ? null
        : encodeSummaryCursor({ ...next, asOfMillis: start.asOfMillis }, request, start.caller),
    asOf: toIsoTime(start.asOfMillis),
    ...(notSearched && { notSearched }),
  };
}

/** Counts entries until the groups reach their size limit. Returns the number of entries counted, at least 1 of any. */
function countUntilFull(items: readonly ListItem[], tallies: readonly Tally[]): number {
  for (const [place, item] of items.entries()) {
    for (const tally of tallies) tally.add(item);
    if (tallies.reduce((bytes, tally) => bytes + tally.bytes, 0) >= maxGroupBytes) return place + 1;
  }
  return items.length;
}

function toIsoTime(millis: number): string {
  return new Date(millis).toISOString();
}
