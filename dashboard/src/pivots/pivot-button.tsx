// The button in a cell that opens the pivots of its entry. It is part of the first load, so it contains only the button.
import Icon from '@cloudscape-design/components/icon';
import type { ListItem } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import type { ColumnId, ExtraColumnId } from '../preferences/preferences.ts';
import styles from './pivots.module.css';

export type PivotColumn = ColumnId | ExtraColumnId;

/** Opens the pivots of an entry next to the button. `column` is that of the button, whose values come first. */
export type OpenPivots = (item: ListItem, column: PivotColumn, anchor: HTMLElement) => void;

export interface PivotButtonProps {
  readonly item: ListItem;
  readonly column: PivotColumn;
  readonly onPivot: OpenPivots;
}

/** Only the button in the target's cell is a tab stop: it offers the values of all cells. The others serve the mouse. */
export function PivotButton({ item, column, onPivot }: PivotButtonProps) {
  const isRowButton = column === 'target';
  return (
    <button
      type="button"
      className={isRowButton ? `${styles.button} ${styles.rowButton}` : styles.button}
      tabIndex={isRowButton ? undefined : -1}
      aria-haspopup="dialog"
      aria-label={`Filter by values of ${escapeUnsafe(item.target.name)}`}
      title="Filter by these values"
      onClick={(event) => onPivot(item, column, event.currentTarget)}
    >
      <Icon name="filter" size="small" />
    </button>
  );
}
