// Renders rows in aligned columns. On a terminal, shrinkable columns shrink until a row fits on one line. Without a
// terminal, nothing is truncated, because another program may read the output.
import type { Color, Paint } from './paint.ts';
import { pad, truncate, widthOf } from './text-width.ts';

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Minimum width; absent for a column that never shrinks. */
  readonly shrinksTo?: number;
  /** Typical cell width, for a table whose later rows are not known yet. */
  readonly usualWidth?: number;
}

/** One line of text, already escaped for the terminal. */
export interface Cell {
  readonly text: string;
  readonly color?: Color | undefined;
}

const gap = '  ';

/** Returns widths that fit every cell, reduced to fit `terminalWidth` as far as the columns can shrink. */
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
  // The last columns shrink first, because the first ones matter most.
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

/** Returns the width of a row in terminal columns. */
export function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
}

/** Renders one line without trailing spaces. Truncates cells in shrunk columns. */
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

/** Renders the line with the column titles. */
export function renderTitles(columns: readonly Column[], widths: readonly number[], paint: Paint): string {
  const titles = columns.map(({ title }): Cell => ({ text: title, color: 'bold' }));
  return renderRow(columns, titles, widths, paint);
}
