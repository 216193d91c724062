// Fills a page from a scan, and stops at the page size, the end of the range or the read budget, whichever comes first.
import type { ListItem } from '../entry/entry.ts';
import { nextReadSize } from './adaptive-read-size.ts';
import { expectedLeft, type SearchStart } from './choose-plan.ts';
import type { KWayMerge } from './k-way-merge.ts';

/** What one page may take. */
export interface PageBudget {
  /** The chunk under way may go a little beyond. */
  readonly readUnits: number;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

/** A page before its cursor is made. */
export interface FilledPage {
  readonly items: readonly ListItem[];
  /** The last id that was searched; `undefined` when the range was searched whole. */
  readonly stoppedAt: string | undefined;
}

/**
 * Takes the entries of a scan until the page is full, the range ends or the budget is spent, `readUnits` of the scan's own
 * included.
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
    if (scan.isDry) {
      const unitsLeft = budget.readUnits - scan.readUnits;
      // Every partition is read once, whatever the budget: a page always gets further.
      if (scan.isStarted && (unitsLeft <= 0 || now() >= budget.deadline)) {
        return drainBuffer(scan, limit, isMatch, items);
      }
      const missing = limit - items.length;
      await scan.readOn(
        scan.plan.isExact
          ? missing
          : nextReadSize({
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
