// What is said about how far a search has come. "No entries" is said only when the range was searched whole.
import type { Page } from '../../../client/client.ts';
import { describeRange } from '../filters/range-value.ts';
import type { TimeRange } from '../search/search.ts';
import { formatTime, formatZone, type TimeZone } from '../time/format-time.ts';

/** Pages in a row that the read budget may cut short before a person has to say that the search shall go on. */
export const maxAutomaticPages = 5;

export interface SearchState {
  readonly pages: readonly Pick<Page, 'items' | 'complete' | 'searchedThrough'>[];
  readonly isSearching: boolean;
  readonly order: 'asc' | 'desc';
  readonly zone: TimeZone;
  /** Entries that are shown, new ones included. */
  readonly count: number;
}

/** `12 entries`, `1 entry`; with a plus sign while there may be more. */
export function formatCount(count: number, isComplete = true): string {
  return `${count.toLocaleString('en')}${isComplete ? '' : '+'} ${count === 1 && isComplete ? 'entry' : 'entries'}`;
}

/** How far the search has come: `searched back to 2026-11-05 16:40:51 UTC`; `undefined` before the first page. */
export function describeReach({ pages, order, zone }: SearchState): string | undefined {
  const last = pages.at(-1);
  if (last === undefined) return undefined;
  if (last.complete) return 'searched whole';
  const through = `${formatTime(last.searchedThrough, zone)} ${formatZone(zone, Date.parse(last.searchedThrough))}`;
  return order === 'desc' ? `searched back to ${through}` : `searched up to ${through}`;
}

/** What was searched when nothing was found in it. */
export function describeComplete(range: TimeRange, zone: TimeZone): string {
  return range.type === 'any'
    ? 'Everything that you may see was searched.'
    : `The range was searched whole, within what you may see: ${describeRange(range, zone)}.`;
}

/** The state of the search in one sentence, for the foot of the list and for screen readers. */
export function describeSearch(state: SearchState): string {
  const { pages, isSearching, count } = state;
  const reach = describeReach(state);
  const isComplete = pages.at(-1)?.complete ?? false;
  if (reach === undefined) return isSearching ? 'Searching.' : '';
  const found = count === 0 ? 'Nothing found' : formatCount(count);
  if (isComplete) return count === 0 ? 'No entries match.' : `${found}. There are no more.`;
  return `${found} so far, ${reach}.${isSearching ? ' Searching on.' : ''}`;
}

/**
 * Whether the next page may be asked for without a click. Full pages follow as long as somebody reads on; pages that
 * the read budget cut short follow a few times, counted from the pages that were there at the last click.
 */
export function canContinueAutomatically(
  pages: readonly Pick<Page, 'items' | 'complete'>[],
  limit: number,
  pagesAtLastClick: number,
): boolean {
  if (pages.length === 0 || pages.at(-1)?.complete) return false;
  const sinceClick = pages.slice(pagesAtLastClick);
  const lastFull = sinceClick.findLastIndex(({ items }) => items.length >= limit);
  return sinceClick.length - (lastFull + 1) < maxAutomaticPages;
}
