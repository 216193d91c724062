// Loads the entries of a search run, page by page.
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ListItem, Page } from '../../../client/client.ts';
import { useApi } from '../api/api-provider.tsx';
import { askForCost, readsDetails } from '../search/detail-cost.ts';
import type { SearchRun } from '../search/use-search-run.ts';
import { useSession } from '../session/session-provider.tsx';

export interface Entries {
  readonly pages: readonly Page[];
  /** Whether a page is loading. */
  readonly isSearching: boolean;
  readonly isComplete: boolean;
  /** Why the last page could not be loaded. */
  readonly error: Error | null;
  /** Loads the next page, or retries the one that failed. */
  readonly fetchMore: () => void;
}

const none: readonly Page[] = [];
const entriesKey = 'entries';

export function useEntries({ filters, searchError, startedAt }: SearchRun, limit: number): Entries {
  const api = useApi();
  const { access } = useSession();
  const { data, error, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [entriesKey, filters, limit, startedAt],
    queryFn: ({ pageParam, signal }) => {
      if (searchError !== undefined) throw searchError;
      const query = { ...filters, limit, ...(pageParam !== null && { cursor: pageParam }) };
      if (!readsDetails(filters)) return api.listEntries(query, { signal });
      return askForCost(access, (cost) => api.listEntries({ ...query, ...cost }, { signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const pages = data?.pages ?? none;
  return useMemo(
    () => ({
      pages,
      isSearching: isFetching,
      isComplete: pages.at(-1)?.complete ?? false,
      error,
      fetchMore: () => void (pages.length === 0 ? refetch() : fetchNextPage()),
    }),
    [pages, isFetching, error, refetch, fetchNextPage],
  );
}

/** The cached entries of this and previous searches. */
export function useRecentItems(): readonly ListItem[] {
  const kept = useQueryClient().getQueriesData<InfiniteData<Page>>({ queryKey: [entriesKey] });
  return kept.flatMap(([, data]) => data?.pages ?? []).flatMap(({ items }) => items);
}
