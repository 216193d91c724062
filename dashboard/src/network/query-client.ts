// How answers of the API are kept and when requests are sent again.
import { QueryClient } from '@tanstack/react-query';
import { isNetworkFailure } from './network-failure.ts';

/** Entries never change, so an answer stays good until somebody asks anew. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      // Without a network a request fails, and the page says so; by default it would wait in silence.
      networkMode: 'always',
      // The client repeats what the API calls busy; here only the network gets a second chance.
      retry: (failures, error) => failures < 2 && isNetworkFailure(error),
    },
  },
});
