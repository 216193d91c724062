// The columns of the list, or one card-like column on a narrow screen.
import type { TableProps } from '@cloudscape-design/components/table';
import type { ListItem } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { type OpenPivots, PivotButton } from '../pivots/pivot-button.tsx';
import { filtersOfColumn } from '../pivots/pivot-columns.ts';
import pivotStyles from '../pivots/pivots.module.css';
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
import { minWidths, widthOf } from './column-widths.ts';

export type Column = TableProps.ColumnDefinition<ListItem>;

export interface ColumnContext {
  readonly zone: TimeZone;
  readonly isNew: (id: string) => boolean;
  readonly isOpen: (id: string) => boolean;
  /** The URL of the entry with the current list beside it. */
  readonly hrefOf: (id: string) => string;
  readonly onOpen: (id: string) => void;
  readonly onPivot: OpenPivots;
  /** Whether long text continues on further lines. Otherwise, it is cut at the end of the cell. */
  readonly isWrapping: boolean;
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

/** Returns the columns. `visibleIds` are those that are shown, among which the width is shared. */
export function makeColumns(context: ColumnContext, visibleIds: readonly string[]): Column[] {
  const { zone, isNew, isWrapping, onPivot } = context;
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
  const ids = Object.keys(cells) as (ColumnId | ExtraColumnId)[];
  return ids.map((id) => ({
    id,
    cell: (item) => (
      <div className={pivotStyles.host}>
        <div className={isWrapping ? styles.cell : styles.line}>{cells[id](item)}</div>
        {filtersOfColumn[id] !== undefined && <PivotButton item={item} column={id} onPivot={onPivot} />}
      </div>
    ),
    header: headerOf(id, zone),
    isRowHeader: id === 'target',
    ...(id === 'time' && { sortingField: 'timestamp' }),
    width: widthOf(id, visibleIds),
    minWidth: minWidths[id],
    // Otherwise, a cell would be as wide as its longest line.
    ...(!isWrapping && { maxWidth: minWidths[id] }),
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
      <div className={`${styles.cell} ${styles.card} ${pivotStyles.host}`}>
        <PivotButton item={item} column="target" onPivot={context.onPivot} />
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
        <div>
          <AccountCell item={item} />
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
