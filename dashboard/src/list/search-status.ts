// Describes the progress of a search. Says that no entries match only after the full range has been searched.
import type { Page } from '../../../client/client.ts';
import { describeRange } from '../filters/range-value.ts';
import type { TimeRange } from '../search/search.ts';
import { formatTime, formatZone, type TimeZone } from '../time/format-time.ts';

/** Consecutive pages cut short by the read budget before the user must click to continue. */
export const maxAutomaticPages = 5;

export interface SearchState {
  readonly pages: readonly Pick<Page, 'items' | 'complete' | 'searchedThrough'>[];
  readonly isSearching: boolean;
  readonly order: 'asc' | 'desc';
  readonly zone: TimeZone;
  /** Number of entries shown, including new ones. */
  readonly count: number;
}

/** For example `12 entries`, `1 entry`, or `12+ entries` if there can be more. */
export function formatCount(count: number, isComplete = true): string {
  return `${count.toLocaleString('en')}${isComplete ? '' : '+'} ${count === 1 && isComplete ? 'entry' : 'entries'}`;
}

/** For example `searched back to 2026-11-05 16:40:51 UTC`. `undefined` before the first page. */
export function describeSearchedRange({ pages, order, zone }: SearchState): string | undefined {
  const last = pages.at(-1);
  if (last === undefined) return undefined;
  if (last.complete) return 'searched completely';
  const through = `${formatTime(last.searchedThrough, zone)} ${formatZone(zone, Date.parse(last.searchedThrough))}`;
  return order === 'desc' ? `searched back to ${through}` : `searched up to ${through}`;
}

/** Describes what was searched when a complete search found nothing. */
export function describeCompleteSearch(range: TimeRange, zone: TimeZone): string {
  return range.type === 'any'
    ? 'All entries that you have access to were searched.'
    : `All entries that you have access to were searched in this time range: ${describeRange(range, zone)}.`;
}

/** Describes the state of the search, for the footer of the list and for screen readers. */
export function describeSearchStatus(state: SearchState): string {
  const { pages, isSearching, count } = state;
  const searchedRange = describeSearchedRange(state);
  const isComplete = pages.at(-1)?.complete ?? false;
  if (searchedRange === undefined) return isSearching ? 'Searching…' : '';
  const found = count === 0 ? 'Nothing found' : formatCount(count);
  if (isComplete) return count === 0 ? 'No entries match.' : `${found}. End of results.`;
  return `${found} so far, ${searchedRange}.${isSearching ? ' Still searching…' : ''}`;
}

/** Warns about entries whose details could not be read. `undefined` if there are none. */
export function describeNotSearched(pages: readonly Pick<Page, 'notSearched'>[]): string | undefined {
  const count = pages.reduce((sum, { notSearched }) => sum + (notSearched?.count ?? 0), 0);
  if (count === 0) return undefined;
  const ids = pages.flatMap(({ notSearched }) => notSearched?.ids ?? []).slice(0, 5);
  const more = count > ids.length ? ' and others' : '';
  return `The details of ${formatCount(count)} cannot be read. They could match, but are not in this list: ${ids.join(', ')}${more}.`;
}

/**
 * Whether to load the next page without a click. After full pages, always. After pages that the read budget cut short,
 * up to `maxAutomaticPages` in a row, counted from the last click.
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
