// Widths of the list's columns.
import type { ColumnId, ExtraColumnId } from '../preferences/preferences.ts';

/** Shares of the table's width. They make the widths independent of the entries, so that further pages do not move them. */
const shares: Readonly<Record<ColumnId | ExtraColumnId, number>> = {
  time: 14,
  action: 12,
  target: 18,
  user: 15,
  account: 14,
  changes: 27,
  verdict: 12,
  environment: 10,
  permission: 14,
  recorded: 14,
  id: 18,
};

/** Minimum widths in pixels. If the columns do not fit, the list scrolls horizontally. */
export const minWidths: Readonly<Record<ColumnId | ExtraColumnId, number>> = {
  time: 160,
  action: 145,
  target: 125,
  user: 115,
  account: 135,
  changes: 180,
  verdict: 130,
  environment: 120,
  permission: 150,
  recorded: 160,
  id: 230,
};

/** Returns the width of a column in percent. The visible columns share the full width. */
export function widthOf(id: ColumnId | ExtraColumnId, visibleIds: readonly string[]): string {
  let total = 0;
  for (const [other, share] of Object.entries(shares)) if (visibleIds.includes(other)) total += share;
  return `${(100 * shares[id]) / total}%`;
}
