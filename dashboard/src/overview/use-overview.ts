// Loads the counts of the overview: up to a few requests by itself, and more on request.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { mergeSummaries } from '../../../core/counts/merge-summaries.ts';
import type { Summary } from '../../../core/counts/summary.ts';
import { useApi } from '../api/api-provider.tsx';
import { addCosts, askForCost, type DetailCost, readsDetails } from '../search/detail-cost.ts';
import type { SearchRun } from '../search/use-search-run.ts';
import { useSession } from '../session/session-provider.tsx';
import { listLength, toOverviewQuery } from './overview-query.ts';

/** The number of requests that are sent without asking, about 60,000 entries. */
const automaticRequests = 3;

/** The same for a count that reads the details of entries, which costs more for each entry. */
const automaticDetailRequests = 1;

export interface OverviewState {
  /** The counts so far; `undefined` before the first answer. */
  readonly summary: Summary | undefined;
  readonly isCounting: boolean;
  /** What reading details has cost. `undefined` without a filter on details, or if the API does not show it. */
  readonly cost: DetailCost | undefined;
  readonly error: Error | null;
  /** Counts further, or retries what failed. */
  readonly countMore: () => void;
}

/** Counts a search, or what the sealed log had at the size `asOf`. */
export function useOverview(
  { filters, startedAt }: SearchRun,
  timeZone: string,
  asOf: number | undefined,
): OverviewState {
  const api = useApi();
  const { access } = useSession();
  const hasDetails = readsDetails(filters);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: ['overview', filters, timeZone, startedAt, asOf],
    queryFn: ({ pageParam, signal }) => {
      const query = {
        ...toOverviewQuery(filters, timeZone, startedAt, asOf),
        ...(pageParam !== null && { cursor: pageParam }),
      };
      if (!hasDetails) return api.summarizeEntries(query, { signal });
      return askForCost(access, (cost) => api.summarizeEntries({ ...query, ...cost }, { signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (part) => part.nextCursor,
  });
  const parts = data?.pages ?? [];
  const maxAutomatic = hasDetails ? automaticDetailRequests : automaticRequests;
  const isAutomatic = hasNextPage && error === null && parts.length < maxAutomatic;
  useEffect(() => {
    if (isAutomatic && !isFetching) void fetchNextPage();
  }, [isAutomatic, isFetching, fetchNextPage]);
  const [first, ...others] = parts;
  return {
    summary: first && mergeSummaries([first, ...others], { top: listLength }),
    isCounting: isFetching,
    cost: addCosts(parts),
    error,
    countMore: () => void (parts.length === 0 ? refetch() : fetchNextPage()),
  };
}
