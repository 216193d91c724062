// The table of entries.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ListItem } from '../../../client/client.ts';
import { summarizeChanges } from '../changes/summarize-changes.ts';
import type { useEntries } from './use-entries.ts';

interface EntryListProps {
  readonly entries: ReturnType<typeof useEntries>;
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onExport: () => void;
}

export function EntryList({ entries, openId, onOpen, onExport }: EntryListProps) {
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Table
      variant="full-page"
      header={
        <Header variant="awsui-h1-sticky" actions={<Button onClick={onExport}>Export</Button>}>
          Request Logs
        </Header>
      }
      items={items}
      trackBy="id"
      columnDefinitions={columnsFor(onOpen)}
      loading={entries.isPending}
      loadingText="Searching"
      selectedItems={items.filter(({ id }) => id === openId)}
      empty={entries.error ? <Alert type="error">{entries.error.message}</Alert> : <Box>No entries</Box>}
      footer={
        entries.hasNextPage && (
          <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            More
          </Button>
        )
      }
    />
  );
}

function columnsFor(onOpen: (id: string) => void): TableProps.ColumnDefinition<ListItem>[] {
  return [
    {
      id: 'time',
      header: 'Time',
      cell: ({ id, timestamp }) => (
        <Link
          href={`/entries/${id}`}
          onFollow={(event) => {
            event.preventDefault();
            onOpen(id);
          }}
        >
          {timestamp}
        </Link>
      ),
    },
    { id: 'action', header: 'Action', cell: ({ action }) => action },
    { id: 'target', header: 'Target', cell: ({ target }) => `${target.name} (${target.type})` },
    { id: 'user', header: 'User', cell: ({ user, role }) => `${user.name ?? user.id}, ${role}` },
    { id: 'account', header: 'Account & region', cell: (item) => `${item.accountId} ${item.region}` },
    { id: 'changes', header: 'What changed', cell: (item) => summarizeChanges(item) },
    { id: 'verdict', header: 'Verdict', cell: ({ verdict }) => verdict },
  ];
}
