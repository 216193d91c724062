// The page: the top bar, the list, the open entry, and the dialogs.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { describeProblem } from '../api/problem.ts';
import { FilterBar } from '../filters/filter-bar.tsx';
import { PageLayout } from '../layout/page-layout.tsx';
import { EntryList } from '../list/entry-list.tsx';
import { mergeEntries } from '../list/new-entries.ts';
import { focusList, focusRow, moveRowFocus, showRow, useRowClick } from '../list/row-navigation.ts';
import { useEntries } from '../list/use-entries.ts';
import { useNewEntries } from '../list/use-new-entries.ts';
import { useNextPagePrefetch } from '../list/use-next-page-prefetch.ts';
import { usePageState } from '../location/use-page-state.ts';
import { OverviewStrip } from '../overview/overview-strip.tsx';
import { usePivots } from '../pivots/use-pivots.tsx';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useTheme } from '../preferences/use-theme.ts';
import { emptySearch } from '../search/search.ts';
import { useSearchRun } from '../search/use-search-run.ts';
import { ExportDialog, HelpDialog, ViewsDialog } from './dialogs.tsx';
import { EntrySplitPanel } from './entry-split-panel.tsx';
import { Forbidden } from './forbidden.tsx';
import { PageNotices } from './page-notices.tsx';
import { TopBar } from './top-bar.tsx';
import { useIsNarrow } from './use-is-narrow.ts';
import { useShortcuts } from './use-shortcuts.ts';

export function RequestLogsPage() {
  useTheme();
  const { search, entryId, setSearch, openEntry, stepToEntry } = usePageState();
  const { timeZone, pageSize } = usePreferences();
  const isNarrow = useIsNarrow();
  const run = useSearchRun(search);
  const entries = useEntries(run, pageSize);
  const newEntries = useNewEntries(run, entries);
  const [dialog, setDialog] = useState<'export' | 'help' | 'views'>();
  const filter = useRef<PropertyFilterProps.Ref>(null);
  const items = useMemo(
    () => mergeEntries(entries.pages, newEntries.added, search.order),
    [entries.pages, newEntries.added, search.order],
  );
  const position = items.findIndex(({ id }) => id === entryId);
  const neighbors =
    position === -1 ? {} : { previousId: items[position - 1]?.id, nextId: items[position + 1]?.id };
  const closeDialog = () => setDialog(undefined);
  const closeEntry = useCallback(() => {
    openEntry(undefined);
    if (entryId !== undefined) focusRow(entryId);
  }, [openEntry, entryId]);
  const step = (by: 1 | -1) => {
    const neighbor = by === 1 ? neighbors.nextId : neighbors.previousId;
    if (entryId === undefined) moveRowFocus(by);
    else if (neighbor !== undefined) {
      stepToEntry(neighbor);
      showRow(neighbor);
    }
  };
  const pivots = usePivots(search, setSearch);
  useRowClick();
  useNextPagePrefetch(position, items.length, entries);
  useShortcuts({
    filter: () => filter.current?.focus(),
    list: () => focusList(entryId),
    next: () => step(1),
    previous: () => step(-1),
    close: () => entryId !== undefined && closeEntry(),
    help: () => setDialog('help'),
  });
  const openName = items[position]?.target.name;
  useEffect(() => {
    document.title = openName === undefined ? 'Request Logs' : `${escapeUnsafe(openName)} · Request Logs`;
  }, [openName]);
  const problem = entries.error === null ? undefined : describeProblem(entries.error);
  const isForbidden = problem?.kind === 'forbidden' && entries.pages.length === 0;
  const panel = entryId !== undefined && (
    <EntrySplitPanel
      entryId={entryId}
      neighbors={neighbors}
      isNarrow={isNarrow}
      onOpen={stepToEntry}
      onClose={closeEntry}
      onSearch={setSearch}
    />
  );
  return (
    <>
      {/* On a narrow screen, the entry covers the list. */}
      <div inert={isNarrow && entryId !== undefined}>
        <PageLayout
          topBar={<TopBar onHome={() => setSearch(emptySearch)} onHelp={() => setDialog('help')} />}
          notices={<PageNotices />}
          panel={!isNarrow && panel}
        >
          {isForbidden ? (
            <Forbidden problem={problem} onRetry={run.restart} />
          ) : (
            <>
              <OverviewStrip
                isReady={entries.pages.length > 0}
                run={run}
                search={search}
                onSearch={setSearch}
              />
              <EntryList
                search={search}
                startedAt={run.startedAt}
                entries={entries}
                items={items}
                newEntries={newEntries}
                openId={entryId}
                isNarrow={isNarrow}
                filter={
                  <FilterBar
                    ref={filter}
                    search={search}
                    zone={timeZone}
                    items={items}
                    problem={problem}
                    isNarrow={isNarrow}
                    onSearch={setSearch}
                    onOpen={openEntry}
                  />
                }
                onOpen={openEntry}
                onPivot={pivots.onPivot}
                onSearch={setSearch}
                onRefresh={run.restart}
                onViews={() => setDialog('views')}
                onExport={() => setDialog('export')}
              />
            </>
          )}
        </PageLayout>
      </div>
      {isNarrow && panel}
      {pivots.panel}
      {dialog === 'export' && run.searchError === undefined && (
        <ExportDialog filters={run.filters} isOpen onClose={closeDialog} />
      )}
      {dialog === 'views' && (
        <ViewsDialog search={search} isOpen onSearch={setSearch} onClose={closeDialog} />
      )}
      {dialog === 'help' && <HelpDialog isOpen onClose={closeDialog} />}
    </>
  );
}
