// Reads the state of the page from its URL and changes it by navigation.
import { useCallback, useMemo } from 'react';
import type { Search } from '../search/search.ts';
import { navigate, useLocation } from './location.ts';
import { decodePage, encodePage, type PageState } from './page-state.ts';

export interface PageNavigation extends PageState {
  /** Changes the search. The open entry stays open. The new search counts everything, without the size of a frozen link. */
  setSearch(search: Search): void;
  /** Opens an entry, or closes it if `id` is `undefined`. */
  openEntry(id: string | undefined): void;
  /** Replaces the open entry without adding a step to the browser history. */
  stepToEntry(id: string): void;
}

export function usePageState(): PageNavigation {
  const location = useLocation();
  const state = useMemo(() => decodePage(location), [location]);
  const setSearch = useCallback(
    (search: Search) => navigate(encodePage({ ...state, search: { ...search, asOf: undefined } })),
    [state],
  );
  const openEntry = useCallback(
    (entryId: string | undefined) => navigate(encodePage({ ...state, entryId })),
    [state],
  );
  const stepToEntry = useCallback(
    (entryId: string) => navigate(encodePage({ ...state, entryId }), { replace: true }),
    [state],
  );
  return { ...state, setSearch, openEntry, stepToEntry };
}
