// Compares summaries with brute force: exact answers in one request, and the sum of partial answers.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Caller } from '../../../core/access/caller.ts';
import { mergeSummaries } from '../../../core/counts/merge-summaries.ts';
import { summarize } from '../../../core/counts/summarize.ts';
import type { SummaryPorts } from '../../../core/counts/summarize-log.ts';
import type { GroupList, GroupOrder, Summary } from '../../../core/counts/summary.ts';
import { parseSummaryQuery } from '../../../core/counts/summary-query.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { timeOf } from '../../../core/entry/entry-id.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { generousLimits } from '../../support/search.ts';
import {
  countByBruteForce,
  countedEntries,
  limitedCallers,
  manyCountedEntries,
  type PlainCounts,
  readParts,
  requests,
  someTime,
  toPlainCounts,
} from './brute-summary.ts';
import { SealedLog, summaryPorts } from './sealed-ports.ts';

/** Runs this many random requests, each with an unlimited budget and with a small one. */
export async function checkSummaries(numRuns: number, requestsPerStore: number): Promise<void> {
  const cases = fc.array(fc.tuple(requests, limitedCallers), {
    minLength: requestsPerStore,
    maxLength: requestsPerStore,
  });
  const budgets = fc.constantFrom(2, 5, 1000);
  await fc.assert(
    fc.asyncProperty(countedEntries, cases, budgets, async (entries, list, readUnits) => {
      const ports = await summaryPorts(entries);
      const tight = { ...ports, limits: { ...generousLimits, readUnits } };
      for (const [rawQuery, caller] of list) {
        await checkSummary(entries, rawQuery, caller, ports);
        await checkSummary(entries, rawQuery, caller, tight);
      }
    }),
    { numRuns: Math.ceil(numRuns / requestsPerStore), endOnFailure: true },
  );
}

async function checkSummary(
  entries: readonly LogEntry[],
  rawQuery: string,
  caller: Caller,
  ports: SummaryPorts,
): Promise<void> {
  const parameters = new URLSearchParams(rawQuery);
  const [top, orderBy] = [
    Number(parameters.get('top')),
    (parameters.get('orderBy') ?? 'count') as GroupOrder,
  ];
  const parts = await readParts(rawQuery, caller, ports).catch((error: { field?: string }) => {
    // A range without a start, or of many hours, has too many buckets.
    if (error.field === 'interval') return undefined;
    throw error;
  });
  if (parts === undefined) return;
  for (const part of parts) expect(part.exact).toBe(parts.length === 1);
  const summary = mergeSummaries(parts, { top, orderBy });
  expect(summary.exact).toBe(true);
  const all = mergeSummaries(parts.map((part) => ({ ...part, nextCursor: 'c' })) as unknown as [Summary], {
    top: 1e9,
    orderBy,
  });
  for (const [place, list] of [summary, ...(summary.topLists ?? [])].entries()) {
    const expected = countByBruteForce(entries, rawQuery, caller, summary, list.groupBy);
    const message = `${rawQuery} ${JSON.stringify(caller.accounts)}`;
    expectTop(list, expected, summary, { top, orderBy }, message);
    if (parts.length > 1) {
      const full = place === 0 ? all : (all.topLists?.[place - 1] as GroupList);
      expect(toPlainCounts(full.groups, summary, full.groupBy), message).toEqual(expected);
    }
  }
}

function expectTop(
  list: GroupList,
  expected: PlainCounts,
  summary: Summary,
  { top, orderBy }: { top: number; orderBy: GroupOrder },
  message: string,
): void {
  const { groups, others, groupBy } = list;
  const listed = toPlainCounts(groups, summary, groupBy);
  expect(expected, message).toMatchObject(listed);
  const sumOf = (counts: PlainCounts, name: keyof PlainCounts[string]) =>
    Object.values(counts).reduce((sum, one) => sum + one[name], 0);
  expect(sumOf(listed, 'count') + others.count, message).toBe(sumOf(expected, 'count'));
  expect(sumOf(listed, 'denied') + others.denied, message).toBe(sumOf(expected, 'denied'));
  expect(sumOf(listed, 'before') + (others.previous?.count ?? 0), message).toBe(sumOf(expected, 'before'));
  expect([summary.total, summary.denied], message).toEqual([
    sumOf(expected, 'count'),
    sumOf(expected, 'denied'),
  ]);
  expect([summary.previous?.total ?? 0, summary.previous?.denied ?? 0], message).toEqual([
    sumOf(expected, 'before'),
    sumOf(expected, 'beforeDenied'),
  ]);
  if (groupBy.includes('time')) return;
  expect(groups, message).toHaveLength(Math.min(top, Object.keys(expected).length));
  expect(groups.length + others.groups, message).toBe(Object.keys(expected).length);
  const sizeOf = ({ count, denied, before }: PlainCounts[string]) =>
    orderBy === 'change' ? Math.abs(count - before) : orderBy === 'denied' ? denied : count;
  const largest = Object.values(expected)
    .map(sizeOf)
    .sort((a, b) => b - a);
  expect(Object.values(listed).map(sizeOf), message).toEqual(largest.slice(0, top));
}

/** The share of entries in segments. With most of them, requests without a size are answered from the log too. */
const indexedShares = fc.constantFrom(0, 0.3, 0.9, 0.95, 1);

/** The store of one run: which entries are in segments, which were sealed since, and which are not sealed. */
interface SealedStore {
  readonly entries: readonly LogEntry[];
  /** The entries of the log at the size of the segments, which is `size`. */
  readonly indexed: readonly LogEntry[];
  readonly size: number;
  readonly ports: SummaryPorts;
}

/**
 * Runs this many random requests against a sealed log: each with a size of the log, which must repeat what was sealed until
 * then, and without, which must count everything.
 */
export async function checkSealedSummaries(numRuns: number, requestsPerStore: number): Promise<number> {
  const cases = fc.array(fc.tuple(requests, limitedCallers), {
    minLength: requestsPerStore,
    maxLength: requestsPerStore,
  });
  let fromLog = 0;
  await fc.assert(
    fc.asyncProperty(
      manyCountedEntries,
      indexedShares,
      fc.constantFrom(0, 0.5, 1),
      cases,
      async (all, indexed, sealed, list) => {
        const store = await sealStore(all, indexed, indexed + (1 - indexed) * sealed);
        for (const [rawQuery, caller] of list) {
          await checkSummary(store.entries, rawQuery, caller, store.ports);
          const { consumedCapacity } = await readFirst(`${rawQuery}&debug=true`, store.ports);
          if (consumedCapacity?.index === 'sealed log') fromLog++;
          if (store.size === 0 || caller.accounts !== undefined || !new URLSearchParams(rawQuery).has('to'))
            continue;
          await checkSummary(store.indexed, `${rawQuery}&asOf=${store.size}`, caller, store.ports);
        }
      },
    ),
    { numRuns: Math.ceil(numRuns / requestsPerStore), endOnFailure: true },
  );
  return fromLog;
}

async function readFirst(rawQuery: string, ports: SummaryPorts): Promise<Partial<Summary>> {
  try {
    return await summarize(parseSummaryQuery(rawQuery), makeCaller(), ports);
  } catch {
    return {};
  }
}

/** Seals the entries in the order in which they were recorded: a part of them, then another one that is not in segments. */
async function sealStore(
  all: readonly LogEntry[],
  indexedShare: number,
  sealedShare: number,
): Promise<SealedStore> {
  const ordered = [...all].sort((one, other) => one.recordedAt.localeCompare(other.recordedAt));
  const [indexedEnd, sealedEnd] = [indexedShare, sealedShare].map((share) =>
    Math.floor(share * ordered.length),
  );
  const nowMillis = Math.max(someTime + 1, ...ordered.map(({ recordedAt }) => Date.parse(recordedAt))) + 5000;
  const log = new SealedLog();
  const half = Math.floor((indexedEnd ?? 0) / 2);
  // Two batches of the same day are in one segment, and the third one is in another.
  await log.seal(ordered.slice(0, half), nowMillis - 60_000);
  await log.index(nowMillis - 60_000);
  await log.seal(ordered.slice(half, indexedEnd), nowMillis - 50_000);
  await log.index(nowMillis - 50_000);
  const isWaiting = (entry: LogEntry) => timeOf(entry.id) >= nowMillis - 25 * 60_000;
  const rest = ordered.slice(indexedEnd);
  // What occurred earlier and is not sealed is late, and counted only when it is sealed.
  await log.seal(
    rest.filter((entry, place) => place < (sealedEnd ?? 0) - (indexedEnd ?? 0) || !isWaiting(entry)),
    nowMillis - 40_000,
  );
  const ports = { ...(await summaryPorts(all)), countObjects: log.objects, now: () => nowMillis };
  return { entries: all, indexed: ordered.slice(0, indexedEnd), size: indexedEnd ?? 0, ports };
}
