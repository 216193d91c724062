// The typed API client with the token of whoever is signed in.
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { createRequestLogsClient, type RequestLogsClient } from '../../../client/client.ts';
import { useSession } from '../session/session-provider.tsx';

const ApiContext = createContext<RequestLogsClient | undefined>(undefined);

/** Times that a busy API is asked again before the page says so: people wait for the answer. */
const maxRetries = 2;

export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const { getToken, reportRefusal } = useSession();
  const client = useMemo(
    () =>
      createRequestLogsClient({
        baseUrl: window.location.origin,
        getToken,
        maxRetries,
        fetch: async (request) => {
          const response = await fetch(request);
          if (response.status === 401) reportRefusal();
          return response;
        },
      }),
    [getToken, reportRefusal],
  );
  return <ApiContext value={client}>{children}</ApiContext>;
}

/** The API client. Fails outside of ApiProvider. */
export function useApi(): RequestLogsClient {
  const client = useContext(ApiContext);
  if (client === undefined) throw new Error('useApi needs an ApiProvider around it');
  return client;
}
