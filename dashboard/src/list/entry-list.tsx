// The table of entries, with the filters above and the progress of the search below.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { describeProblem } from '../api/problem.ts';
import { encodePage } from '../location/page-state.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import type { Search } from '../search/search.ts';
import { describeAccountLimit } from '../session/access.ts';
import { useSession } from '../session/session-provider.tsx';
import { makeCardColumn, makeColumns } from './columns.tsx';
import { EmptyList } from './empty-list.tsx';
import { LazyPreferences } from './lazy-preferences.tsx';
import { ListFooter } from './list-footer.tsx';
import { NewEntriesButton } from './new-entries-button.tsx';
import { OutageNotice } from './outage-notice.tsx';
import { SpellingSuggestions } from './spelling-suggestions.tsx';
import type { Entries } from './use-entries.ts';
import type { NewEntries } from './use-new-entries.ts';

export interface EntryListProps {
  readonly search: Search;
  /** When this run of the search started, epoch milliseconds. */
  readonly startedAt: number;
  readonly entries: Entries;
  readonly items: readonly ListItem[];
  readonly newEntries: NewEntries;
  readonly openId: string | undefined;
  readonly isNarrow: boolean;
  readonly filter: React.ReactNode;
  readonly onOpen: (id: string) => void;
  readonly onSearch: (search: Search) => void;
  readonly onRefresh: () => void;
  readonly onExport: () => void;
}

export function EntryList(props: EntryListProps) {
  const { search, entries, items, newEntries, openId, isNarrow, onOpen, onSearch } = props;
  const { timeZone: zone, density, wrapLines, pageSize, columns: columnDisplay } = usePreferences();
  const columns = useMemo(() => {
    const added = new Set(newEntries.added.map(({ item }) => item.id));
    const context = {
      zone,
      isNew: (id: string) => added.has(id),
      isOpen: (id: string) => id === openId,
      hrefOf: (id: string) => encodePage({ search, entryId: id }),
      onOpen,
      isWrapping: wrapLines,
    };
    if (isNarrow) return [makeCardColumn(context)];
    const visibleIds = columnDisplay.filter(({ visible }) => visible).map(({ id }) => id);
    return makeColumns(context, visibleIds);
  }, [zone, newEntries.added, openId, search, onOpen, isNarrow, columnDisplay, wrapLines]);
  const state = { ...entries, order: search.order, zone, count: items.length };
  const hasNothing = items.length === 0;
  return (
    <Table
      variant="full-page"
      stickyHeader
      header={<ListHeader {...props} />}
      filter={
        <>
          {props.filter}
          <OutageNotice outage={newEntries.outage} zone={zone} />
        </>
      }
      preferences={<LazyPreferences hasColumns={!isNarrow} />}
      items={items}
      trackBy="id"
      columnDefinitions={columns}
      {...(!isNarrow && { columnDisplay })}
      sortingColumn={{ sortingField: 'timestamp' }}
      sortingDescending={search.order === 'desc'}
      onSortingChange={({ detail }) => onSearch({ ...search, order: detail.isDescending ? 'desc' : 'asc' })}
      contentDensity={density}
      wrapLines={wrapLines}
      loading={hasNothing && entries.isSearching && entries.pages.length === 0}
      loadingText="Searching"
      empty={<EmptyList entries={entries} state={state} search={search} zone={zone} onSearch={onSearch} />}
      footer={
        <>
          {items.length > 0 && entries.isComplete && (
            <SpellingSuggestions
              pages={entries.pages}
              search={search}
              onSearch={onSearch}
              label="There are also entries for:"
            />
          )}
          <ListFooter key={props.startedAt} entries={entries} state={state} limit={pageSize} />
        </>
      }
      ariaLabels={{ tableLabel: 'Entries' }}
      renderAriaLive={({ visibleItemsCount }) => `${visibleItemsCount} entries shown`}
    />
  );
}

function ListHeader({ entries, items, newEntries, onRefresh, onExport }: EntryListProps) {
  const hasInvalidFilter = entries.error !== null && describeProblem(entries.error).kind === 'filter';
  const { access } = useSession();
  const count = entries.pages.length === 0 ? undefined : `(${items.length}${entries.isComplete ? '' : '+'})`;
  return (
    <Header
      variant="awsui-h1-sticky"
      {...(count !== undefined && { counter: count })}
      {...(access.accounts !== undefined && { description: describeAccountLimit(access.accounts) })}
      actions={
        <SpaceBetween size="xs" direction="horizontal">
          <NewEntriesButton newEntries={newEntries} />
          <Button iconName="refresh" ariaLabel="Refresh" onClick={onRefresh} loading={entries.isSearching} />
          <Button
            iconName="download"
            disabled={hasInvalidFilter}
            disabledReason="A filter is invalid"
            onClick={onExport}
          >
            Export
          </Button>
        </SpaceBetween>
      }
    >
      Request Logs
    </Header>
  );
}
