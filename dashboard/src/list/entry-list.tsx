// The table of entries, with the filters above and the progress of the search below.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import { useMemo } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { describeProblem } from '../api/problem.ts';
import { encodePage } from '../location/page-state.ts';
import type { OpenPivots } from '../pivots/pivot-button.tsx';
import { usePreferences } from '../preferences/use-preferences.ts';
import type { Search } from '../search/search.ts';
import { describeAccountLimit } from '../session/access.ts';
import { useSession } from '../session/session-provider.tsx';
import { makeCardColumn, makeColumns } from './columns.tsx';
import { EmptyList } from './empty-list.tsx';
import { LazyGroupedList } from './lazy-grouped-list.tsx';
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
  readonly onPivot: OpenPivots;
  readonly onSearch: (search: Search) => void;
  readonly onRefresh: () => void;
  readonly onViews: () => void;
  readonly onExport: () => void;
}

export function EntryList(props: EntryListProps) {
  const { search, entries, items, newEntries, openId, isNarrow, onOpen, onPivot, onSearch } = props;
  const { timeZone: zone, density, wrapLines, pageSize, columns: columnDisplay } = usePreferences();
  const context = useMemo(() => {
    const added = new Set(newEntries.added.map(({ item }) => item.id));
    return {
      zone,
      isNew: (id: string) => added.has(id),
      isOpen: (id: string) => id === openId,
      hrefOf: (id: string) => encodePage({ search, entryId: id }),
      onOpen,
      onPivot,
      isWrapping: wrapLines,
    };
  }, [zone, newEntries.added, openId, search, onOpen, onPivot, wrapLines]);
  const columns = useMemo(() => {
    if (isNarrow) return [makeCardColumn(context)];
    return makeColumns(
      context,
      columnDisplay.filter(({ visible }) => visible).map(({ id }) => id),
    );
  }, [context, isNarrow, columnDisplay]);
  const state = { ...entries, order: search.order, zone, count: items.length };
  const hasNothing = items.length === 0;
  const isLoading = hasNothing && entries.isSearching && entries.pages.length === 0;
  const filter = (
    <>
      {props.filter}
      <OutageNotice outage={newEntries.outage} zone={zone} />
    </>
  );
  const empty = <EmptyList entries={entries} state={state} search={search} zone={zone} onSearch={onSearch} />;
  const footer = (
    <>
      {!hasNothing && entries.isComplete && (
        <SpellingSuggestions
          pages={entries.pages}
          search={search}
          onSearch={onSearch}
          label="There are also entries for:"
        />
      )}
      <ListFooter key={props.startedAt} entries={entries} state={state} limit={pageSize} />
    </>
  );
  if (search.groupBy === 'target') {
    return (
      <SpaceBetween size="m">
        <ListHeader {...props} />
        <Box>{filter}</Box>
        {hasNothing ? (
          <Box textAlign="center">
            {isLoading ? <StatusIndicator type="loading">Searching</StatusIndicator> : empty}
          </Box>
        ) : (
          <LazyGroupedList items={items} search={search} context={context} />
        )}
        {footer}
      </SpaceBetween>
    );
  }
  return (
    <Table
      variant="full-page"
      stickyHeader
      header={<ListHeader {...props} />}
      filter={filter}
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
      loading={isLoading}
      loadingText="Searching"
      empty={empty}
      footer={footer}
      ariaLabels={{ tableLabel: 'Entries' }}
      renderAriaLive={({ visibleItemsCount }) => `${visibleItemsCount} entries shown`}
    />
  );
}

function ListHeader({
  search,
  entries,
  items,
  newEntries,
  onSearch,
  onRefresh,
  onViews,
  onExport,
}: EntryListProps) {
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
          <Button onClick={onViews}>Views</Button>
          <ToggleButton
            pressed={search.groupBy === 'target'}
            onChange={({ detail }) => onSearch({ ...search, groupBy: detail.pressed ? 'target' : undefined })}
          >
            Group by target
          </ToggleButton>
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
