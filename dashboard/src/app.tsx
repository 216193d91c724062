// Composes the page: session, then API client, then content.
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { ApiProvider } from './api/api-provider.tsx';
import { queryClient } from './network/query-client.ts';
import { RequestLogsPage } from './page/request-logs-page.tsx';
import { SessionProvider } from './session/session-provider.tsx';

export function App() {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queryClient}>
        <SessionProvider>
          <ApiProvider>
            <RequestLogsPage />
          </ApiProvider>
        </SessionProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}
