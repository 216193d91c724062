// Provides the typed API client, authenticated with the signed-in user's token.
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { createRequestLogsClient, type RequestLogsClient } from '../../../client/client.ts';
import { serverClock } from '../network/use-server-clock.ts';
import { useSession } from '../session/session-provider.tsx';

const ApiContext = createContext<RequestLogsClient | undefined>(undefined);

/** Retries of a throttled request before the page reports the problem. Kept low because a person is waiting. */
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
          serverClock.readResponse(response);
          if (response.status === 401) reportRefusal();
          return response;
        },
      }),
    [getToken, reportRefusal],
  );
  return <ApiContext value={client}>{children}</ApiContext>;
}

/** Returns the API client. Throws outside an ApiProvider. */
export function useApi(): RequestLogsClient {
  const client = useContext(ApiContext);
  if (client === undefined) throw new Error('useApi must be called inside an ApiProvider');
  return client;
}
