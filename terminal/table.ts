// Rows in aligned columns. On a terminal, columns that may shrink do so until a row fits a line; elsewhere nothing is
// cut, since another program may read it.
import type { Color, Paint } from './paint.ts';
import { pad, truncate, widthOf } from './text-width.ts';

export interface Column {
  readonly title: string;
  /** Narrowest it may become; absent for a column that is always shown whole. */
  readonly shrinksTo?: number;
  /** What most of its cells need; for a table whose later rows are not known yet. */
  readonly usualWidth?: number;
}

/** A text that is safe for a terminal, on one line. */
export interface Cell {
  readonly text: string;
  readonly color?: Color | undefined;
}

const gap = '  ';

/** Widths that hold every cell, shrunk to fit into `terminalWidth` as far as columns allow. */
export function layOut(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  terminalWidth: number | undefined,
  { isGrowing = false } = {},
): number[] {
  const widths = columns.map(({ title, usualWidth }, index) =>
    Math.max(
      isGrowing ? (usualWidth ?? 0) : 0,
      widthOf(title),
      ...rows.map((row) => widthOf(row[index]?.text ?? '')),
    ),
  );
  if (terminalWidth === undefined) return widths;
  // The last columns give way first: what comes first matters most.
  let excess = totalWidth(widths) - terminalWidth;
  for (const [index, { title, shrinksTo }] of [...columns.entries()].reverse()) {
    const width = widths[index] ?? 0;
    if (shrinksTo === undefined || excess <= 0) continue;
    const shrunk = Math.max(shrinksTo, widthOf(title), width - excess);
    if (shrunk >= width) continue;
    widths[index] = shrunk;
    excess -= width - shrunk;
  }
  return widths;
}

/** Columns of the terminal that a row takes. */
export function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
}

/** One line, without blanks at its end. Cells are cut where their column shrank. */
export function renderRow(
  columns: readonly Column[],
  cells: readonly Cell[],
  widths: readonly number[],
  paint: Paint,
): string {
  const last = cells.findLastIndex(({ text }) => text !== '');
  const parts = cells.slice(0, last + 1).map(({ text, color }, index) => {
    const width = widths[index] ?? 0;
    const shown = columns[index]?.shrinksTo === undefined ? text : truncate(text, width);
    return paint(color, shown) + (index === last ? '' : pad(shown, width).slice(shown.length));
  });
  return parts.join(gap);
}

export function renderTitles(columns: readonly Column[], widths: readonly number[], paint: Paint): string {
  const titles = columns.map(({ title }): Cell => ({ text: title, color: 'bold' }));
  return renderRow(columns, titles, widths, paint);
}
