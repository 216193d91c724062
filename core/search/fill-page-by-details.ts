// Fills a page for a query that filters details: takes candidates from the scan, reads their details, and keeps the
// matches, until the page is full, the range ends, or the read budget is used up.
import type { ListItem } from '../entry/entry.ts';
import { nextReadSize } from './adaptive-read-size.ts';
import { estimateRemaining, type SearchStart } from './choose-plan.ts';
import type { DetailSearch } from './detail-search.ts';
import type { FilledPage, PageBudget } from './fill-page.ts';
import type { KWayMerge } from './k-way-merge.ts';

/** What a page is filled from. */
export interface DetailPage {
  readonly scan: KWayMerge;
  readonly start: SearchStart;
  /** Whether the entry matches everything that its list view shows. */
  readonly isCandidate: (item: ListItem) => boolean;
  readonly details: DetailSearch;
  /** The last read can exceed it slightly. The units that the scan has already consumed count toward it. */
  readonly budget: PageBudget;
  readonly now: () => number;
}

/** The next candidates, and why there are no more of them. */
interface Candidates {
  readonly items: readonly ListItem[];
  readonly end: 'enough' | 'range' | 'budget';
}

/** Fills a page. Every page makes progress: at least one candidate is checked, or the scan advances. */
export async function fillPageByDetails(page: DetailPage): Promise<FilledPage> {
  const { scan, start, isCandidate, details, budget, now } = page;
  const { limit } = start;
  const items: ListItem[] = [];
  let searched = 0;
  let lastTaken: string | undefined;
  const remainingUnits = () => budget.readUnits - scan.readUnits - details.readUnits;
  const isUsedUp = () => remainingUnits() <= 0 || now() >= budget.deadline;

  async function takeCandidates(): Promise<Candidates> {
    const missing = limit - items.length;
    const size = details.nextBatchSize(missing, remainingUnits());
    const candidates: ListItem[] = [];
    while (candidates.length < size) {
      if (scan.needsRead) {
        if (scan.isStarted && isUsedUp()) return { items: candidates, end: 'budget' };
        await scan.refill(
          nextReadSize({
            missing,
            searched,
            found: items.length,
            estimatedRemaining: estimateRemaining(scan, start),
            remainingUnits: remainingUnits(),
            consumedUnits: scan.readUnits,
          }),
        );
        continue;
      }
      const item = scan.take();
      if (item === undefined) return { items: candidates, end: 'range' };
      searched++;
      lastTaken = item.id;
      if (isCandidate(item)) candidates.push(item);
    }
    return { items: candidates, end: 'enough' };
  }

  for (;;) {
    const { items: candidates, end } = await takeCandidates();
    const answers = await details.check(candidates, budget.deadline, now);
    for (const [place, isMatch] of answers.entries()) {
      const item = candidates[place] as ListItem;
      if (isMatch) items.push(item);
      if (items.length < limit) continue;
      const isLast = place === candidates.length - 1 && isDrained(scan, isCandidate);
      return { items, stoppedAt: isLast ? undefined : item.id };
    }
    if (answers.length < candidates.length) {
      return { items, stoppedAt: candidates[answers.length - 1]?.id };
    }
    if (end === 'range') return { items, stoppedAt: undefined };
    if (end === 'budget' || isUsedUp()) {
      if (isDrained(scan, isCandidate)) return { items, stoppedAt: undefined };
      const stoppedAt = skipBuffered(scan, isCandidate) ?? lastTaken;
      if (stoppedAt !== undefined) return { items, stoppedAt };
      const [next] = scan.buffered;
      if (next !== undefined) {
        const [isMatch] = await details.check([next], budget.deadline, now);
        return { items: isMatch ? [next] : [], stoppedAt: next.id };
      }
    }
  }
}

function isDrained(scan: KWayMerge, isCandidate: (item: ListItem) => boolean): boolean {
  return scan.isReadToEnd && !scan.buffered.some(isCandidate);
}

/** Returns the ID up to which the scan has buffered no candidate, or `undefined` if the next entry is one. */
function skipBuffered(scan: KWayMerge, isCandidate: (item: ListItem) => boolean): string | undefined {
  const { buffered } = scan;
  const first = buffered.findIndex(isCandidate);
  return first === -1 ? scan.frontier : buffered[first - 1]?.id;
}
