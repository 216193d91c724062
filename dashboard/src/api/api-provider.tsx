// The typed API client with the token of whoever is signed in.
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { createRequestLogsClient, type RequestLogsClient } from '../../../client/client.ts';
import { useSession } from '../session/session-provider.tsx';

const ApiContext = createContext<RequestLogsClient | undefined>(undefined);

export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const { getToken } = useSession();
  const client = useMemo(
    () => createRequestLogsClient({ baseUrl: window.location.origin, getToken, maxRetries: 2 }),
    [getToken],
  );
  return <ApiContext value={client}>{children}</ApiContext>;
}

/** The API client. Fails outside of ApiProvider. */
export function useApi(): RequestLogsClient {
  const client = useContext(ApiContext);
  if (client === undefined) throw new Error('useApi needs an ApiProvider around it');
  return client;
}
