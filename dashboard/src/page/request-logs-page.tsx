// The page: the list, the entry that is open beside it, and the dialogs.
import AppLayout from '@cloudscape-design/components/app-layout';
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { lazy, Suspense, useMemo, useState } from 'react';
import { EntryList } from '../list/entry-list.tsx';
import { useEntries } from '../list/use-entries.ts';
import { usePageState } from '../location/use-page-state.ts';
import { fromListFilters, toListFilters } from '../search/search.ts';

const EntryPanel = lazy(() => import('../entry/entry-panel.tsx'));
const ExportDialog = lazy(() => import('../export/export-dialog.tsx'));

export function RequestLogsPage() {
  const { search, entryId, setSearch, openEntry } = usePageState();
  const filters = useMemo(() => toListFilters(search, Date.now()), [search]);
  const entries = useEntries(filters, 50);
  const [isExporting, setExporting] = useState(false);
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const position = items.findIndex(({ id }) => id === entryId);
  const neighbours =
    position === -1 ? {} : { previousId: items[position - 1]?.id, nextId: items[position + 1]?.id };
  const close = () => openEntry(undefined);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <AppLayout
        navigationHide
        toolsHide
        contentType="table"
        content={
          <EntryList
            entries={entries}
            openId={entryId}
            onOpen={openEntry}
            onExport={() => setExporting(true)}
          />
        }
        splitPanelOpen={entryId !== undefined}
        onSplitPanelToggle={({ detail }) => detail.open || close()}
        splitPanelPreferences={{ position: 'side' }}
        splitPanel={
          entryId !== undefined && (
            <Suspense
              fallback={
                <SplitPanel header="Entry" closeBehavior="hide">
                  Loading
                </SplitPanel>
              }
            >
              <EntryPanel
                entryId={entryId}
                neighbours={neighbours}
                onOpen={openEntry}
                onClose={close}
                onFilter={(wanted) => setSearch(fromListFilters(wanted))}
              />
            </Suspense>
          )
        }
      />
      {isExporting && (
        <Suspense>
          <ExportDialog filters={filters} isOpen onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </I18nProvider>
  );
}
