// Loads the next page when the last loaded entry is open, so that "Next entry" works.
import { useEffect, useEffectEvent } from 'react';
import type { Entries } from './use-entries.ts';

/**
 * `position` is the index of the open entry among `count`, or -1. Loads at most one page per position and count, because a
 * page can be empty.
 */
export function useNextPagePrefetch(position: number, count: number, entries: Entries): void {
  const isLast = position !== -1 && position === count - 1;
  const prefetch = useEffectEvent(() => {
    if (!entries.isComplete && !entries.isSearching && entries.error === null) entries.fetchMore();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new count is a new reason to prefetch
  useEffect(() => {
    if (isLast) prefetch();
  }, [isLast, count]);
}
