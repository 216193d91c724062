// Renders the groups of a summary as a table with bars. Everything that was recorded is escaped for the terminal.
import type { Counts, Dimension, Group, Summary } from '../core/counts/summary.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Paint } from '../terminal/paint.ts';
import { type Cell, type Column, layOut, renderRow, renderTitles, totalWidth } from '../terminal/table.ts';
import { widthOf } from '../terminal/text-width.ts';

/** The width of the longest bar, in columns. */
const maxBarWidth = 30;
const minBarWidth = 8;

/** The counts of one line. */
interface Line extends Counts {
  readonly labels: readonly string[];
  readonly previous?: Counts | undefined;
  /** Whether the line shows a group and therefore a bar. */
  readonly isGroup: boolean;
}

/**
 * Returns the lines of the table: the groups, the other groups, and the total. `width` is the width of the terminal;
 * without it, there are no bars and nothing is cut off.
 */
export function renderSummary(summary: Summary, width: number | undefined, paint: Paint): string[] {
  const { groupBy, others, previous } = summary;
  const groups = summary.groups.map((group) => toLine(group, summary));
  const total: Line = {
    labels: ['TOTAL'],
    count: summary.total,
    denied: summary.denied,
    previous: previous && { count: previous.total, denied: previous.denied },
    isGroup: false,
  };
  const rest = { ...others, labels: [formatCount(others.groups, 'other', 'others')], isGroup: false };
  const lines = [...(groupBy.length > 0 ? groups : []), ...(others.groups > 0 ? [rest] : []), total];
  const rows = lines.map((line) => toNumbers(line, summary));
  const numberWidths = numberTitles(summary).map((title, place) =>
    Math.max(title.length, ...rows.map((row) => row[place]?.text.length ?? 0)),
  );
  const labelColumns = (groupBy.length > 0 ? groupBy : ['']).map(
    (name): Column => ({
      title: name.toUpperCase(),
      ...(name === 'time' ? {} : { shrinksTo: 12 }),
    }),
  );
  const columns = [
    ...labelColumns,
    ...numberTitles(summary).map(
      (title, place): Column => ({
        title: title.padStart(numberWidths[place] ?? 0),
      }),
    ),
  ];
  const cells = lines.map(({ labels }, place) => [
    ...labelColumns.map((_, column): Cell => ({ text: labels[column] ?? '' })),
    ...(rows[place] ?? []).map(({ text, color }, column) => ({
      text: text.padStart(numberWidths[column] ?? 0),
      color,
    })),
  ]);
  const widths = layOut(columns, cells, width === undefined ? undefined : width - minBarWidth - 2);
  const barWidth = width === undefined ? 0 : Math.min(maxBarWidth, width - totalWidth(widths) - 2);
  const most = Math.max(1, ...groups.map(sizeOf));
  return [
    renderTitles(columns, widths, paint),
    ...lines.map((line, place) => {
      const row = renderRow(columns, cells[place] ?? [], widths, paint);
      const bar = line.isGroup && barWidth > 0 ? renderBar(line, most, barWidth, paint) : '';
      return bar === '' ? row : `${row}${' '.repeat(totalWidth(widths) - widthOf(row) + 2)}${bar}`;
    }),
  ];
}

function sizeOf({ count, denied }: Counts): number {
  return count + denied;
}

/** What was done is solid, and what was denied is shaded. */
function renderBar({ count, denied }: Counts, most: number, width: number, paint: Paint): string {
  const [end, middle] = [count + denied, count].map((size) => Math.round((size / most) * width));
  const done = Math.max(middle ?? 0, count > 0 ? 1 : 0);
  const refused = Math.max((end ?? 0) - done, denied > 0 ? 1 : 0);
  return paint('cyan', '█'.repeat(done)) + paint('yellow', '░'.repeat(refused));
}

function numberTitles({ previous }: Summary): string[] {
  return ['DONE', 'DENIED', ...(previous ? ['BEFORE', 'CHANGE'] : [])];
}

function toNumbers({ count, denied, previous }: Line, summary: Summary): Cell[] {
  const numbers: Cell[] = [
    { text: formatNumber(count) },
    { text: formatNumber(denied), color: denied > 0 ? 'yellow' : undefined },
  ];
  if (summary.previous === undefined) return numbers;
  const before = previous?.count ?? 0;
  return [...numbers, { text: formatNumber(before) }, { text: formatChange(count - before) }];
}

function formatNumber(value: number): string {
  return value.toLocaleString('en');
}

function formatChange(change: number): string {
  if (change === 0) return '0';
  return `${change > 0 ? '+' : '-'}${formatNumber(Math.abs(change))}`;
}

function toLine(group: Group, summary: Summary): Line {
  const labels = summary.groupBy.map((name) => labelOf(name, group, summary));
  return { ...group, labels, isGroup: true };
}

function labelOf(dimension: Dimension, { key, names }: Group, summary: Summary): string {
  const value = key[dimension];
  if (value === undefined || value === null) return '(none)';
  if (dimension === 'time') return formatBucket(value, summary);
  const name = dimension === 'user' ? names?.user : dimension === 'target' ? names?.target : undefined;
  return escapeForTerminal(name === undefined ? value : `${value} ${name}`);
}

/** Returns the start of a bucket in the time zone of the summary: `2026-11-05` or `2026-11-05 16:00`. */
function formatBucket(time: string, { timeZone, interval }: Pick<Summary, 'timeZone' | 'interval'>): string {
  const style: Intl.DateTimeFormatOptions = {
    dateStyle: 'short',
    ...(interval === 'hour' && { timeStyle: 'short' }),
  };
  // Swedish dates are written as in ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, ...style }).format(new Date(time));
}
