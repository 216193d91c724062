// Searches on when the entry that is open is the last one loaded, so that there is a next one to go to.
import { useEffect, useEffectEvent } from 'react';
import type { Entries } from './use-entries.ts';

/** `position` is that of the open entry among `count`; -1 for none. Once for each end: a page may bring nothing. */
export function useNextPagePrefetch(position: number, count: number, entries: Entries): void {
  const isLast = position !== -1 && position === count - 1;
  const searchOn = useEffectEvent(() => {
    if (!entries.isComplete && !entries.isSearching && entries.error === null) entries.searchOn();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another end is another reason to search on
  useEffect(() => {
    if (isLast) searchOn();
  }, [isLast, count]);
}
