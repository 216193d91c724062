// The entries that a run of a search finds, page by page.
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ListItem, Page } from '../../../client/client.ts';
import { useApi } from '../api/api-provider.tsx';
import type { SearchRun } from '../search/use-search-run.ts';

export interface Entries {
  readonly pages: readonly Page[];
  /** Whether a page is on its way. */
  readonly isSearching: boolean;
  readonly isComplete: boolean;
  /** Why the last page did not come. */
  readonly error: Error | null;
  /** Asks for the next page, or again for the one that did not come. */
  readonly searchOn: () => void;
}

const none: readonly Page[] = [];
const entriesKey = 'entries';

export function useEntries({ filters, mistake, startedAt }: SearchRun, limit: number): Entries {
  const api = useApi();
  const { data, error, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [entriesKey, filters, limit, startedAt],
    queryFn: ({ pageParam, signal }) => {
      if (mistake !== undefined) throw mistake;
      return api.listEntries(
        { ...filters, limit, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      );
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
      searchOn: () => void (pages.length === 0 ? refetch() : fetchNextPage()),
    }),
    [pages, isFetching, error, refetch, fetchNextPage],
  );
}

/** What this and the searches before it have found, as far as it is still kept. */
export function useRecentItems(): readonly ListItem[] {
  const kept = useQueryClient().getQueriesData<InfiniteData<Page>>({ queryKey: [entriesKey] });
  return kept.flatMap(([, data]) => data?.pages ?? []).flatMap(({ items }) => items);
}
