// Requests the timeline of a target and its states. Answers are cached, so that the slider can return to a state at once.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { History, HistoryQuery } from '../../../client/client.ts';
import { joinPages } from '../../../core/history/join-pages.ts';
import { useApi } from '../api/api-provider.tsx';
import type { HistoryAddress } from '../location/history-address.ts';

const historyKey = 'history';

/** The parameters that select the target and what is known of it. */
function toTargetQuery({ target, account, region, type, knownAt }: HistoryAddress): HistoryQuery {
  return {
    target,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(type !== undefined && { type }),
    ...(knownAt !== undefined && { knownAt }),
  };
}

/** The timeline as far as it is loaded. */
export function useTimeline(address: HistoryAddress) {
  const api = useApi();
  const query = toTargetQuery(address);
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [historyKey, 'timeline', query],
    queryFn: ({ pageParam, signal }) =>
      api.getHistory({ ...query, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const history = useMemo(
    () => data?.pages.reduce((joined: History, page: History) => joinPages(joined, page)),
    [data],
  );
  return { history, error, isFetching, hasMore: hasNextPage, loadMore: fetchNextPage, refetch };
}

/** The state at a moment or, with `from`, the difference between two moments. */
export function useMoment(address: HistoryAddress, at: string | undefined) {
  const api = useApi();
  const target = toTargetQuery(address);
  const { from } = address;
  const moment =
    from === undefined ? { at: at ?? '' } : { diff: inOrder(from, at ?? '').join(','), limit: 1 };
  return useQuery({
    queryKey: [historyKey, 'moment', target, moment],
    queryFn: ({ signal }) => api.getHistory({ ...target, ...moment }, { signal }),
    enabled: at !== undefined,
    // Shows the previous state until the next one arrives, so that the page does not jump while the slider moves.
    placeholderData: keepPreviousData,
  });
}

/** The two moments, the earlier one first. Times that cannot be read stay as they are: the API reports them. */
export function inOrder(one: string, other: string): [from: string, to: string] {
  return Date.parse(one) > Date.parse(other) ? [other, one] : [one, other];
}
