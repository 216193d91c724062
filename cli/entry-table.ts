// Renders list items as a table: one line per entry if the terminal is wide enough, or else two, with the second
// dimmed.
import { summarizeChanges } from '../core/changes/change-summary.ts';
import type { Verdict } from '../core/contract/vocabulary.ts';
import type { ListItem } from '../core/entry/entry.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import type { Color, Paint } from '../terminal/paint.ts';
import { type Cell, type Column, layOut, renderRow, renderTitles, totalWidth } from '../terminal/table.ts';

/** Highlights the verdicts that need attention. */
export const verdictColors: Readonly<Record<Verdict, Color | undefined>> = {
  PERMITTED: 'dim',
  DENIED: 'yellow',
  VIOLATION: 'red',
  UNKNOWN_ROLE: 'magenta',
};

const actionColors: Readonly<Record<ListItem['action'], Color | undefined>> = {
  CREATE: 'green',
  UPDATE: undefined,
  DELETE: 'red',
};

interface EntryColumn extends Column {
  readonly read: (item: ListItem, isLate: boolean) => Cell;
}

const safe = (text: string, color?: Color): Cell => ({ text: escapeForTerminal(text), color });

const columns = {
  time: { title: 'TIME', read: ({ timestamp }) => safe(timestamp) },
  late: { title: 'LATE', read: (_, isLate) => safe(isLate ? 'late' : '', 'cyan') },
  action: { title: 'ACTION', read: ({ action }) => safe(action, actionColors[action]) },
  resource: {
    title: 'RESOURCE',
    shrinksTo: 16,
    usualWidth: 28,
    read: ({ target }) => safe(`${target.type} ${target.name}`),
  },
  user: {
    title: 'USER',
    shrinksTo: 14,
    usualWidth: 20,
    read: ({ user }) => safe(user.name === undefined ? user.id : `${user.id} ${user.name}`),
  },
  role: { title: 'ROLE', shrinksTo: 6, usualWidth: 10, read: ({ role }) => safe(role) },
  verdict: { title: 'VERDICT', usualWidth: 9, read: ({ verdict }) => safe(verdict, verdictColors[verdict]) },
  account: { title: 'ACCOUNT', read: ({ accountId }) => safe(accountId) },
  region: { title: 'REGION', usualWidth: 12, read: ({ region }) => safe(region) },
  id: { title: 'ID', read: ({ id }) => safe(id) },
  changed: { title: 'CHANGED', shrinksTo: 14, read: (item) => safe(describeChanges(item)) },
} as const satisfies Record<string, EntryColumn>;

/** Summarizes the changes. For a denied attempt, states that they were not made. */
function describeChanges(item: ListItem): string {
  const summary = summarizeChanges(item);
  return item.decision === 'DENIED' && summary !== '' ? `Not applied: ${summary}` : summary;
}

const oneLine: readonly EntryColumn[] = Object.values(columns);
const firstLine: readonly EntryColumn[] = [
  columns.time,
  columns.action,
  columns.verdict,
  columns.resource,
  columns.user,
];
const secondLine: readonly EntryColumn[] = [
  columns.id,
  columns.account,
  columns.region,
  columns.role,
  columns.late,
  columns.changed,
];
const indent = '  ';

/** A table with fixed column widths. */
export interface EntryTable {
  readonly titles: readonly string[];
  /** Renders the lines of one entry. */
  render(item: ListItem, isLate?: boolean): readonly string[];
}

/**
 * Lays out a table for the given items. A growing table reserves the usual widths for later rows; wider cells are
 * truncated or break the alignment.
 */
export function makeEntryTable(
  items: readonly ListItem[],
  terminalWidth: number | undefined,
  paint: Paint,
  options: { readonly isGrowing?: boolean } = {},
): EntryTable {
  const cellsOf = (of: readonly EntryColumn[], item: ListItem, isLate = item.late) =>
    of.map(({ read }) => read(item, isLate));
  const widthsOf = (of: readonly EntryColumn[], width: number | undefined) =>
    layOut(
      of,
      items.map((item) => cellsOf(of, item)),
      width,
      options,
    );
  const wide = widthsOf(oneLine, terminalWidth);
  if (terminalWidth === undefined || totalWidth(wide) <= terminalWidth) {
    return {
      titles: [renderTitles(oneLine, wide, paint)],
      render: (item, isLate) => [renderRow(oneLine, cellsOf(oneLine, item, isLate), wide, paint)],
    };
  }
  const first = widthsOf(firstLine, terminalWidth);
  const second = widthsOf(secondLine, terminalWidth - indent.length);
  const dimmed = (cells: readonly Cell[]) => cells.map(({ text }): Cell => ({ text, color: 'dim' }));
  return {
    titles: [renderTitles(firstLine, first, paint), indent + renderTitles(secondLine, second, paint)],
    render: (item, isLate) => [
      renderRow(firstLine, cellsOf(firstLine, item, isLate), first, paint),
      indent + renderRow(secondLine, dimmed(cellsOf(secondLine, item, isLate)), second, paint),
    ],
  };
}
