// The foot of the list: how far the search has come, and a way to go on. It goes on by itself when it comes into sight.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { describeProblem } from '../api/problem.ts';
import { canContinueAutomatically, describeSearch, type SearchState } from './search-progress.ts';
import type { Entries } from './use-entries.ts';

export interface ListFootProps {
  readonly entries: Entries;
  readonly state: SearchState;
  readonly limit: number;
}

export function ListFoot({ entries, state, limit }: ListFootProps) {
  const { pages, isSearching, isComplete, error, searchOn } = entries;
  const [pagesAtLastClick, setPagesAtLastClick] = useState(0);
  const mayGoOn = error === null && !isSearching && canContinueAutomatically(pages, limit, pagesAtLastClick);
  const foot = useRef<HTMLDivElement>(null);
  useSight(foot, mayGoOn, searchOn);
  const goOn = () => {
    setPagesAtLastClick(pages.length);
    searchOn();
  };
  const wasFull = (pages.at(-1)?.items.length ?? 0) >= limit;
  const problem = error === null || isSearching ? undefined : describeProblem(error);
  const said = describeSearch(state);
  return (
    <div ref={foot}>
      <LiveRegion hidden>{problem === undefined ? said : problem.title}</LiveRegion>
      <Box textAlign="center" padding={{ vertical: 's' }}>
        {problem && pages.length > 0 ? (
          <Alert type="error" header={problem.title} action={<Button onClick={goOn}>Try again</Button>}>
            {problem.advice} What is shown stays as it is.
          </Alert>
        ) : (
          <SpaceBetween size="xs" alignItems="center">
            {state.count > 0 && isSearching && <StatusIndicator type="loading">{said}</StatusIndicator>}
            {state.count > 0 && !isSearching && <Box color="text-body-secondary">{said}</Box>}
            {!isComplete && !isSearching && pages.length > 0 && (
              <Button onClick={goOn}>{wasFull ? 'Show more' : 'Search on'}</Button>
            )}
          </SpaceBetween>
        )}
      </Box>
    </div>
  );
}

/** Calls when the element is in sight, or nearly, while `isWanted`. */
function useSight(element: React.RefObject<Element | null>, isWanted: boolean, onSight: () => void): void {
  const call = useEffectEvent(onSight);
  useEffect(() => {
    if (!isWanted || element.current === null) return undefined;
    const observer = new IntersectionObserver(
      // Those of several frames come together while the page is busy; the last one holds.
      (seen) => {
        if (seen.at(-1)?.isIntersecting) call();
      },
      { rootMargin: '300px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, isWanted]);
}
