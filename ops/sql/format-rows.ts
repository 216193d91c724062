// Writes the rows of a query as a table, as JSON lines, or as CSV.
import { escapeFormula } from '../../core/export/csv.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { Output } from '../../terminal/output.ts';
import { type Column, layOut, renderRow, renderTitles } from '../../terminal/table.ts';
import type { SqlResult } from './duckdb.ts';
import type { SqlFormat } from './read-arguments.ts';

/** Columns of a table shrink to this width on a terminal. */
const minColumnWidth = 12;

/** Returns the text of the result, with a line break at the end. */
export function formatRows(
  { columns, rows }: SqlResult,
  format: SqlFormat,
  output: Pick<Output, 'columns' | 'paint'>,
): string {
  if (format === 'json') {
    const objects = rows.map((row) =>
      Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])),
    );
    return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
  }
  if (format === 'csv') {
    const lines = [columns, ...rows.map((row) => row.map(toText))];
    return lines.map((cells) => `${cells.map(toCsvCell).join(',')}\r\n`).join('');
  }
  const titles = columns.map(
    (name): Column => ({ title: escapeForTerminal(name), shrinksTo: minColumnWidth }),
  );
  const cells = rows.map((row) => row.map((value) => ({ text: escapeForTerminal(toText(value)) })));
  const widths = layOut(titles, cells, output.columns);
  const lines = cells.map((row) => renderRow(titles, row, widths, output.paint));
  return `${[renderTitles(titles, widths, output.paint), ...lines].join('\n')}\n`;
}

/** Returns an empty text for null. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function toCsvCell(value: string): string {
  const text = escapeFormula(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
