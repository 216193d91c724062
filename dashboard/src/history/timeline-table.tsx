// The timeline as a table: actions, folded denials and gaps, newest first.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { summarizeChanges as summarizeGap } from '../../../core/changes/change-summary.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { ActionCell, ChangesCell, TimeCell, UserCell } from '../list/cells.tsx';
import { navigate } from '../location/location.ts';
import { formatTime, type TimeZone } from '../time/format-time.ts';
import { describeGap } from './history-text.ts';
import type { Denials, TimelineRow } from './timeline-rows.ts';

export interface TimelineTableProps {
  readonly rows: readonly TimelineRow[];
  readonly zone: TimeZone;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  /** The entry that the shown state comes from. */
  readonly shownId: string | undefined;
  /** The URL of an entry, beside the list of all entries of the target. */
  readonly hrefOf: (id: string) => string;
  readonly onLoadMore: () => void;
  readonly onShow: (time: string) => void;
  readonly onCompare: (time: string) => void;
}

export function TimelineTable(props: TimelineTableProps) {
  const { rows, isLoading, hasMore, shownId, onLoadMore } = props;
  const shown = rows.filter(({ id }) => id === shownId);
  return (
    <Table
      variant="embedded"
      items={rows}
      trackBy="id"
      selectedItems={shown}
      wrapLines
      loading={isLoading && rows.length === 0}
      loadingText="Loading the timeline"
      columnDefinitions={makeColumns(props)}
      ariaLabels={{ tableLabel: 'Timeline' }}
      empty={<Box textAlign="center">No entries are recorded.</Box>}
      footer={
        hasMore && (
          <Box textAlign="center">
            <Button loading={isLoading} onClick={onLoadMore}>
              Load older entries
            </Button>
          </Box>
        )
      }
    />
  );
}

function makeColumns(props: TimelineTableProps): TableProps.ColumnDefinition<TimelineRow>[] {
  const { zone } = props;
  return [
    {
      id: 'time',
      header: 'Time',
      isRowHeader: true,
      cell: (row) => <WhenCell row={row} zone={zone} />,
      minWidth: 170,
    },
    { id: 'action', header: 'Action', cell: (row) => <WhatCell row={row} />, minWidth: 130 },
    { id: 'user', header: 'User and role', cell: (row) => <WhoCell row={row} />, minWidth: 150 },
    { id: 'changes', header: 'Changes', cell: (row) => <ChangedCell row={row} />, minWidth: 220 },
    { id: 'show', header: 'Show', cell: (row) => <Actions row={row} {...props} />, minWidth: 190 },
  ];
}

interface CellProps {
  readonly row: TimelineRow;
}

function WhenCell({ row, zone }: CellProps & { readonly zone: TimeZone }): ReactNode {
  if (row.kind === 'gap') return <Box color="text-body-secondary">Before the action above</Box>;
  if (row.kind === 'entry') return <TimeCell item={row.entry} zone={zone} isNew={false} />;
  const { from, to } = row.denials;
  return (
    <>
      <time dateTime={from}>{formatTime(from, zone)}</time> to{' '}
      <time dateTime={to}>{formatTime(to, zone)}</time>
    </>
  );
}

function WhatCell({ row }: CellProps): ReactNode {
  if (row.kind === 'entry') return <ActionCell item={row.entry} />;
  if (row.kind === 'gap') return <StatusIndicator type="warning">Gap</StatusIndicator>;
  return <StatusIndicator type="stopped">{row.denials.count} denied</StatusIndicator>;
}

function WhoCell({ row }: CellProps): ReactNode {
  if (row.kind === 'entry') return <UserCell item={row.entry} />;
  return row.kind === 'gap' ? <Box color="text-body-secondary">Not recorded</Box> : listUsers(row.denials);
}

function listUsers({ users }: Denials): string {
  return users.map(({ id, name, count }) => `${escapeUnsafe(name ?? id)} (${count})`).join(', ');
}

function ChangedCell({ row }: CellProps): ReactNode {
  if (row.kind === 'entry') return <ChangesCell item={row.entry} />;
  if (row.kind === 'denials') return <Box color="text-body-secondary">Nothing was changed</Box>;
  return (
    <>
      {describeGap(row.gap)}
      {row.gap.kind === 'CHANGED' && <Box variant="small">{escapeUnsafe(summarizeGap(row.gap, 200))}</Box>}
    </>
  );
}

function Actions({ row, zone, hrefOf, onShow, onCompare }: CellProps & TimelineTableProps): ReactNode {
  if (row.kind === 'gap') return null;
  const entry = row.kind === 'entry' ? row.entry : row.denials.latest;
  const when = formatTime(entry.timestamp, zone);
  const isDone = entry.decision !== 'DENIED';
  return (
    <SpaceBetween size="xs" direction="horizontal">
      {isDone && (
        <Button variant="inline-link" ariaLabel={`State at ${when}`} onClick={() => onShow(entry.timestamp)}>
          State
        </Button>
      )}
      {isDone && (
        <Button
          variant="inline-link"
          ariaLabel={`Compare with the state at ${when}`}
          onClick={() => onCompare(entry.timestamp)}
        >
          Compare
        </Button>
      )}
      <Link
        href={hrefOf(entry.id)}
        ariaLabel={row.kind === 'entry' ? `Entry at ${when}` : `Latest entry, denied at ${when}`}
        onFollow={(event) => {
          event.preventDefault();
          navigate(hrefOf(entry.id));
        }}
      >
        {row.kind === 'entry' ? 'Entry' : 'Latest entry'}
      </Link>
    </SpaceBetween>
  );
}
