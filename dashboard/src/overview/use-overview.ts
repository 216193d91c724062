// Loads the counts of the overview: up to a few requests by itself, and more on request.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { mergeSummaries } from '../../../core/counts/merge-summaries.ts';
import type { Summary } from '../../../core/counts/summary.ts';
import { useApi } from '../api/api-provider.tsx';
import type { SearchRun } from '../search/use-search-run.ts';
import { listLength, toOverviewQuery } from './overview-query.ts';

/** The number of requests that are sent without asking, about 60,000 entries. */
const automaticRequests = 3;

export interface OverviewState {
  /** The counts so far; `undefined` before the first answer. */
  readonly summary: Summary | undefined;
  readonly isCounting: boolean;
  readonly error: Error | null;
  /** Counts further, or retries what failed. */
  readonly countMore: () => void;
}

export function useOverview({ filters, startedAt }: SearchRun, timeZone: string): OverviewState {
  const api = useApi();
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['overview', filters, timeZone, startedAt],
    queryFn: ({ pageParam, signal }) => {
      const query = toOverviewQuery(filters, timeZone, startedAt);
      return api.summarizeEntries({ ...query, ...(pageParam !== null && { cursor: pageParam }) }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (part) => part.nextCursor,
  });
  const parts = data?.pages ?? [];
  const isAutomatic = hasNextPage && error === null && parts.length < automaticRequests;
  useEffect(() => {
    if (isAutomatic && !isFetching) void fetchNextPage();
  }, [isAutomatic, isFetching, fetchNextPage]);
  const [first, ...others] = parts;
  return {
    summary: first && mergeSummaries([first, ...others], { top: listLength }),
    isCounting: isFetching,
    error,
    countMore: () => void (parts.length === 0 ? refetch() : fetchNextPage()),
  };
}
