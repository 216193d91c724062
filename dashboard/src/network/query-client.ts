// Configures caching and retries of API requests.
import { QueryClient } from '@tanstack/react-query';
import { isNetworkFailure } from './network-failure.ts';

/** Entries never change, so a cached response is valid until the user refreshes. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      // Fail without a network, so that the page can report it. By default, requests would wait silently.
      networkMode: 'always',
      // The API client retries throttled requests. This retries only network failures.
      retry: (failures, error) => failures < 2 && isNetworkFailure(error),
    },
  },
});
