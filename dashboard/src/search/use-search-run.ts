// One run of a search: relative times are pinned to the clock when it starts, since a cursor belongs to its filters.
import { useState } from 'react';
import { findSearchError, type InvalidSearchError } from './invalid-search.ts';
import { type ListFilters, type Search, toListFilters } from './search.ts';
import { encodeSearch } from './search-url.ts';

export interface SearchRun {
  readonly filters: ListFilters;
  /** Why nothing may be asked of the API for these filters. */
  readonly mistake: InvalidSearchError | undefined;
  /** Epoch milliseconds; tells runs of the same search apart. */
  readonly startedAt: number;
}

interface KeyedRun extends SearchRun {
  readonly key: string;
}

function start(search: Search, key: string): KeyedRun {
  const startedAt = Date.now();
  return { key, startedAt, filters: toListFilters(search, startedAt), mistake: findSearchError(search) };
}

/** The run of this search; it starts anew when the search changes, or when it is told to. */
export function useSearchRun(search: Search): SearchRun & { readonly restart: () => void } {
  const key = encodeSearch(search);
  const [run, setRun] = useState(() => start(search, key));
  if (run.key !== key) setRun(start(search, key));
  return { ...run, restart: () => setRun(start(search, key)) };
}
