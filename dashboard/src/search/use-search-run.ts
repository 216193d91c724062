// One run of a search. Relative times are resolved when it starts, because a cursor is only valid for the same filters.
import { useState } from 'react';
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
}

function start(search: Search, key: string): KeyedRun {
  const startedAt = Date.now();
  return { key, startedAt, filters: toListFilters(search, startedAt), searchError: findSearchError(search) };
}

/** Returns the current run. A new one starts when the search changes or on `restart`. */
export function useSearchRun(search: Search): SearchRun & { readonly restart: () => void } {
  const key = encodeSearch(search);
  const [run, setRun] = useState(() => start(search, key));
  if (run.key !== key) setRun(start(search, key));
  return { ...run, restart: () => setRun(start(search, key)) };
}
