// Prints entries that a follow command finds: a table that grows, or NDJSON.
import type { ListItem } from '../client/client.ts';
import type { TailItem } from '../core/search/tail-deduplicator.ts';
import { escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import type { Output } from '../terminal/output.ts';
import type { FollowCommand } from './commands.ts';
import { type EntryTable, makeEntryTable } from './entry-table.ts';

/** Prints entries in the order in which they are found. */
export class FollowPrinter {
  readonly #format: FollowCommand['output'];
  readonly #output: Output;
  #table: EntryTable | undefined;

  constructor(format: FollowCommand['output'], output: Output) {
    this.#format = format;
    this.#output = output;
  }

  async print(items: readonly TailItem<ListItem>[]): Promise<void> {
    if (items.length === 0) return;
    const lines =
      this.#format === 'ndjson'
        ? items.map(({ item }) => escapeJsonForTerminal(JSON.stringify(item)))
        : this.#rows(items);
    await this.#output.write(`${lines.join('\n')}\n`);
  }

  #rows(items: readonly TailItem<ListItem>[]): string[] {
    const { columns, paint } = this.#output;
    const isFirst = this.#table === undefined;
    const table =
      this.#table ??
      makeEntryTable(
        items.map(({ item }) => item),
        columns,
        paint,
        { isGrowing: true },
      );
    this.#table = table;
    const rows = items.flatMap(({ item, isLate }) => table.render(item, isLate || item.late));
    return isFirst ? [...table.titles, ...rows] : rows;
  }
}
