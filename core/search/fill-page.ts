// Fills a page from a scan until the page is full, the range ends, or the read budget is used up.
import type { ListItem } from '../entry/entry.ts';
import { maxChunkEntries, nextReadSize } from './adaptive-read-size.ts';
import { estimateRemaining, type SearchStart } from './choose-plan.ts';
import type { KWayMerge } from './k-way-merge.ts';

/** The limits of one page. */
export interface PageBudget {
  /** The last read can exceed this slightly. */
  readonly readUnits: number;
  /** In epoch milliseconds. */
  readonly deadline: number;
}

/** A page without its cursor. */
export interface FilledPage {
  readonly items: readonly ListItem[];
  /** The last ID that was searched, or `undefined` if the complete range was searched. */
  readonly stoppedAt: string | undefined;
}

/**
 * Takes entries from the scan until the page is full, the range ends, or the budget is used up. The read units that the
 * scan has already consumed count toward the budget.
 */
export async function fillPage(
  scan: KWayMerge,
  start: SearchStart,
  isMatch: (item: ListItem) => boolean,
  budget: PageBudget,
  now: () => number,
): Promise<FilledPage> {
  const { limit } = start;
  const items: ListItem[] = [];
  let searched = 0;
  for (;;) {
    if (scan.needsRead) {
      const remainingUnits = budget.readUnits - scan.readUnits;
      // Reads every partition at least once regardless of the budget, so that each page makes progress.
      if (scan.isStarted && (remainingUnits <= 0 || now() >= budget.deadline)) {
        return drainBuffer(scan, limit, isMatch, items);
      }
      const missing = limit - items.length;
      await scan.refill(
        scan.plan.isExact && missing <= maxChunkEntries
          ? missing
          : nextReadSize({
              missing,
              searched,
              found: items.length,
              estimatedRemaining: estimateRemaining(scan, start),
              remainingUnits,
              consumedUnits: scan.readUnits,
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

/** Ends a page whose budget is used up, with the buffered matches up to the scan's frontier. */
function drainBuffer(
  scan: KWayMerge,
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
