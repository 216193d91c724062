// Compares summaries with brute force: exact answers in one request, and the sum of partial answers.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Caller } from '../../../core/access/caller.ts';
import { mergeSummaries } from '../../../core/counts/merge-summaries.ts';
import type { GroupList, GroupOrder, Summary } from '../../../core/counts/summary.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import type { SearchPorts } from '../../../core/search/search.ts';
import { generousLimits, memoryPorts } from '../../support/search.ts';
import {
  countByBruteForce,
  countedEntries,
  limitedCallers,
  type PlainCounts,
  readParts,
  requests,
  toPlainCounts,
} from './brute-summary.ts';

/** Runs this many random requests, each with an unlimited budget and with a small one. */
export async function checkSummaries(numRuns: number, requestsPerStore: number): Promise<void> {
  const cases = fc.array(fc.tuple(requests, limitedCallers), {
    minLength: requestsPerStore,
    maxLength: requestsPerStore,
  });
  const budgets = fc.constantFrom(2, 5, 1000);
  await fc.assert(
    fc.asyncProperty(countedEntries, cases, budgets, async (entries, list, readUnits) => {
      const ports = await memoryPorts(entries);
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
  ports: SearchPorts,
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
