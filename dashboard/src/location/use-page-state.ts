// The state of the page, read from its address and changed by going to another.
import { useCallback, useMemo } from 'react';
import type { Search } from '../search/search.ts';
import { navigate, useLocation } from './location.ts';
import { decodePage, encodePage, type PageState } from './page-state.ts';

export interface PageNavigation extends PageState {
  /** Searches for something else; the entry that is open stays open. */
  setSearch(search: Search): void;
  /** Opens an entry beside the list, or closes it. */
  openEntry(id: string | undefined): void;
  /** Goes from the open entry to another, without a step to go back to. */
  stepToEntry(id: string): void;
}

export function usePageState(): PageNavigation {
  const location = useLocation();
  const state = useMemo(() => decodePage(location), [location]);
  const setSearch = useCallback((search: Search) => navigate(encodePage({ ...state, search })), [state]);
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
