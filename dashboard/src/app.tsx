// Composes the page: session, then API client, then content.
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProvider } from './api/api-provider.tsx';
import type { HistoryPageProps } from './history/history-page.tsx';
import { lazyComponent } from './loading/lazy-component.tsx';
import { decodeHistory } from './location/history-address.ts';
import { useLocation } from './location/location.ts';
import { queryClient } from './network/query-client.ts';
import { RequestLogsPage } from './page/request-logs-page.tsx';
import { SessionProvider } from './session/session-provider.tsx';

const HistoryPage = lazyComponent<HistoryPageProps>(() => import('./history/history-page.tsx'), LoadingPage);

export function App() {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queryClient}>
        <SessionProvider>
          <ApiProvider>
            <Pages />
          </ApiProvider>
        </SessionProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}

/** Shows the page that the URL names. */
function Pages() {
  const history = decodeHistory(useLocation());
  return history === undefined ? <RequestLogsPage /> : <HistoryPage address={history} />;
}

function LoadingPage({ children }: { readonly children: ReactNode }) {
  return <main>{children}</main>;
}
