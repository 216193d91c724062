// The footer of the list: the progress of the search, and a button to continue. Continues by itself when it scrolls into
// view.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { describeProblem } from '../api/problem.ts';
import { addCosts, describeDetailCost, detailAdvice } from '../search/detail-cost.ts';
import {
  canContinueAutomatically,
  describeNotSearched,
  describeSearchStatus,
  type SearchState,
} from './search-status.ts';
import type { Entries } from './use-entries.ts';

export interface ListFooterProps {
  readonly entries: Entries;
  readonly state: SearchState;
  readonly limit: number;
}

export function ListFooter({ entries, state, limit }: ListFooterProps) {
  const { pages, isSearching, isComplete, error, fetchMore } = entries;
  const [pagesAtLastClick, setPagesAtLastClick] = useState(0);
  const canContinue =
    error === null && !isSearching && canContinueAutomatically(pages, limit, pagesAtLastClick);
  const footer = useRef<HTMLDivElement>(null);
  useWhenVisible(footer, canContinue, fetchMore);
  const continueSearch = () => {
    setPagesAtLastClick(pages.length);
    fetchMore();
  };
  const wasFull = (pages.at(-1)?.items.length ?? 0) >= limit;
  const problem = error === null || isSearching ? undefined : describeProblem(error);
  const status = describeSearchStatus(state);
  const unsearched = describeNotSearched(pages);
  const cost = describeDetailCost(addCosts(pages));
  return (
    <div ref={footer}>
      <LiveRegion hidden>{problem === undefined ? status : problem.title}</LiveRegion>
      <Box textAlign="center" padding={{ vertical: 's' }}>
        {problem && pages.length > 0 ? (
          <Alert
            type="error"
            header={problem.title}
            action={<Button onClick={continueSearch}>Try again</Button>}
          >
            {problem.advice} The entries above are still correct.
          </Alert>
        ) : (
          <SpaceBetween size="xs" alignItems="center">
            {unsearched !== undefined && <Alert type="warning">{unsearched}</Alert>}
            {state.count > 0 && isSearching && <StatusIndicator type="loading">{status}</StatusIndicator>}
            {state.count > 0 && !isSearching && <Box color="text-body-secondary">{status}</Box>}
            {cost !== undefined && (
              <Box color="text-body-secondary">
                {cost} {!isComplete && detailAdvice}
              </Box>
            )}
            {!isComplete && !isSearching && pages.length > 0 && (
              <Button onClick={continueSearch}>{wasFull ? 'Show more' : 'Continue searching'}</Button>
            )}
          </SpaceBetween>
        )}
      </Box>
    </div>
  );
}

/** Calls `onVisible` when the element is in view or close to it, while `isWanted`. */
function useWhenVisible(
  element: React.RefObject<Element | null>,
  isWanted: boolean,
  onVisible: () => void,
): void {
  const call = useEffectEvent(onVisible);
  useEffect(() => {
    if (!isWanted || element.current === null) return undefined;
    const observer = new IntersectionObserver(
      // While the page is busy, several observations arrive together. The last one is current.
      (seen) => {
        if (seen.at(-1)?.isIntersecting) call();
      },
      { rootMargin: '300px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, isWanted]);
}
