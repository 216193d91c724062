// The entries that match, page by page, newest first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-provider.tsx';
import type { ListFilters } from '../search/search.ts';

export function useEntries(filters: ListFilters, limit: number) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['entries', filters, limit],
    queryFn: ({ pageParam, signal }) =>
      api.listEntries({ ...filters, limit, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
