// One run of a search. Relative times are resolved when it starts, because a cursor is only valid for the same filters.
// They use the server's clock.
import { useState } from 'react';
import { serverClock, useClockDifference } from '../network/use-server-clock.ts';
import { findSearchError, type InvalidSearchError } from './invalid-search.ts';
import { type ListFilters, type Search, toListFilters } from './search.ts';
import { encodeSearch } from './search-url.ts';

export interface SearchRun {
  readonly filters: ListFilters;
  /** Why the search cannot be sent to the API. */
  readonly searchError: InvalidSearchError | undefined;
  /** Epoch milliseconds. Distinguishes runs of the same search. */
  readonly startedAt: number;
}

interface KeyedRun extends SearchRun {
  readonly key: string;
  /** What the run knew about the server's clock. */
  readonly aheadMillis: number;
}

function start(search: Search, key: string): KeyedRun {
  const startedAt = serverClock.now();
  const { aheadMillis } = serverClock;
  const filters = toListFilters(search, startedAt);
  return { key, startedAt, aheadMillis, filters, searchError: findSearchError(search) };
}

/**
 * Returns the current run. A new one starts when the search changes, on `restart`, and when a relative range turns out to
 * have been resolved with a wrong clock.
 */
export function useSearchRun(search: Search): SearchRun & { readonly restart: () => void } {
  // Grouping changes how the entries are shown, not which are found.
  const key = encodeSearch({ ...search, groupBy: undefined });
  const [run, setRun] = useState(() => start(search, key));
  const aheadMillis = useClockDifference();
  const isClockWrong = search.range.type === 'last' && run.aheadMillis !== aheadMillis;
  if (run.key !== key || isClockWrong) setRun(start(search, key));
  return { ...run, restart: () => setRun(start(search, key)) };
}
