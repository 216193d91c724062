// The page from the outside in: who is signed in, the API client with their token, and what is shown.
import { QueryClientProvider } from '@tanstack/react-query';
import { ApiProvider } from './api/api-provider.tsx';
import { queryClient } from './api/query-client.ts';
import { RequestLogsPage } from './page/request-logs-page.tsx';
import { SessionProvider } from './session/session-provider.tsx';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <SessionProvider>
        <ApiProvider>
          <RequestLogsPage />
        </ApiProvider>
      </SessionProvider>
    </QueryClientProvider>
  );
}
