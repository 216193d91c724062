// The columns of the list, or one card-like column on a narrow screen.
import type { TableProps } from '@cloudscape-design/components/table';
import type { ListItem } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import type { ColumnId, ExtraColumnId } from '../preferences/preferences.ts';
import { formatTime, labelZone, type TimeZone } from '../time/format-time.ts';
import styles from './cells.module.css';
import {
  AccountCell,
  ActionCell,
  ChangesCell,
  TargetCell,
  type TargetCellProps,
  TimeCell,
  UserCell,
  VerdictCell,
} from './cells.tsx';

export type Column = TableProps.ColumnDefinition<ListItem>;

export interface ColumnContext {
  readonly zone: TimeZone;
  readonly isNew: (id: string) => boolean;
  readonly isOpen: (id: string) => boolean;
  /** The URL of the entry with the current list beside it. */
  readonly hrefOf: (id: string) => string;
  readonly onOpen: (id: string) => void;
}

/** Column labels. */
export const columnLabels: Readonly<Record<ColumnId | ExtraColumnId, string>> = {
  time: 'Time',
  action: 'Action',
  target: 'Target',
  user: 'User and role',
  account: 'Account and region',
  changes: 'Changes',
  verdict: 'Verdict',
  environment: 'Environment',
  permission: 'Permission',
  recorded: 'Recorded at',
  id: 'Entry ID',
};

/** Minimum widths in pixels. If the columns do not fit, the list scrolls horizontally. */
const minWidths: Readonly<Record<string, number>> = {
  time: 160,
  action: 145,
  target: 125,
  user: 115,
  account: 135,
  changes: 180,
  verdict: 130,
};

export function makeColumns(context: ColumnContext): Column[] {
  const { zone, isNew } = context;
  const cells: Readonly<Record<ColumnId | ExtraColumnId, (item: ListItem) => React.ReactNode>> = {
    time: (item) => <TimeCell item={item} zone={zone} isNew={isNew(item.id)} />,
    action: (item) => <ActionCell item={item} />,
    target: (item) => <TargetCell {...toTarget(item, context)} />,
    user: (item) => <UserCell item={item} />,
    account: (item) => <AccountCell item={item} />,
    changes: (item) => <ChangesCell item={item} />,
    verdict: (item) => <VerdictCell item={item} />,
    environment: (item) => escapeUnsafe(item.environment ?? '–'),
    permission: (item) => escapeUnsafe(item.permission),
    recorded: (item) => formatTime(item.recordedAt, zone),
    id: (item) => <span className={styles.digits}>{item.id}</span>,
  };
  return Object.entries(cells).map(([id, cell]) => ({
    id,
    cell,
    header: headerOf(id as ColumnId, zone),
    isRowHeader: id === 'target',
    ...(id === 'time' && { sortingField: 'timestamp' }),
    ...(minWidths[id] !== undefined && { minWidth: minWidths[id] }),
  }));
}

/** Shows an entry in a single cell, for narrow screens. */
export function makeCardColumn(context: ColumnContext): Column {
  const { zone, isNew } = context;
  return {
    id: 'card',
    header: headerOf('time', zone),
    sortingField: 'timestamp',
    isRowHeader: true,
    cell: (item) => (
      <div className={styles.card}>
        <div className={styles.cardRow}>
          <TimeCell item={item} zone={zone} isNew={isNew(item.id)} />
          <ActionCell item={item} />
        </div>
        <div>
          <TargetCell {...toTarget(item, context)} />
        </div>
        <div>
          <ChangesCell item={item} />
        </div>
        <div>
          <UserCell item={item} />
        </div>
      </div>
    ),
  };
}

function toTarget(item: ListItem, { hrefOf, isOpen, onOpen }: ColumnContext): TargetCellProps {
  return { item, href: hrefOf(item.id), isOpen: isOpen(item.id), onOpen: () => onOpen(item.id) };
}

function headerOf(id: ColumnId | ExtraColumnId, zone: TimeZone): string {
  const label = columnLabels[id];
  return id === 'time' || id === 'recorded' ? `${label} (${labelZone(zone)})` : label;
}
