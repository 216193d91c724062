// The follow command: prints new entries until it is interrupted. Retries while the API is temporarily unavailable.
import { setTimeout as delay } from 'node:timers/promises';
import type { ListItem, RequestLogsClient } from '../client/client.ts';
import { maxLimit } from '../core/query/query.ts';
import { TailDeduplicator, type TailItem } from '../core/search/tail-deduplicator.ts';
import { escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import type { Output } from '../terminal/output.ts';
import type { FollowCommand } from './arguments.ts';
import { describeFailure, isTransient, networkCode } from './describe-failure.ts';
import { type EntryTable, makeEntryTable } from './entry-table.ts';
import { toQuery } from './search-query.ts';

/** What the follow command uses. */
export interface FollowContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  /** Aborting it ends the command without an error. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Follows until the signal is aborted. Throws if the API rejects the request, not if it is busy or unreachable. */
export async function follow(command: FollowCommand, context: FollowContext): Promise<void> {
  const { output, signal, now } = context;
  const deduplicator = new TailDeduplicator<ListItem>();
  const printer = new Printer(command, output);
  const startMillis = command.search.from === undefined ? undefined : Date.parse(command.search.from);
  let oldestMillis = startMillis;
  let [hasPolled, isInterrupted] = [false, false];
  if (output.columns !== undefined) output.say('Following new entries. Press Ctrl-C to stop.');
  while (!signal.aborted) {
    const pollMillis = now();
    const fromMillis = oldestMillis ?? pollMillis - command.windowMillis;
    deduplicator.startPoll(fromMillis);
    try {
      await poll(fromMillis, deduplicator, printer, command, context);
      if (isInterrupted) output.say('The API is available again. No entries were missed.');
      [hasPolled, isInterrupted] = [true, false];
      // The next poll starts one window before this one, so an outage in between leaves no gap.
      oldestMillis = Math.max(startMillis ?? 0, pollMillis - command.windowMillis);
    } catch (error) {
      if (signal.aborted) return;
      const isUnreachable = !hasPolled && networkCode(error) !== undefined;
      if (isUnreachable || !isTransient(error)) throw error;
      oldestMillis = fromMillis;
      if (!isInterrupted) output.say(`${describeFailure(error)}. Retrying until the API is available.`);
      isInterrupted = true;
    }
    await delay(command.intervalMillis, undefined, { signal }).catch(() => {});
  }
}

async function poll(
  fromMillis: number,
  deduplicator: TailDeduplicator<ListItem>,
  printer: Printer,
  command: FollowCommand,
  { client, signal }: FollowContext,
): Promise<void> {
  const query = {
    ...toQuery(command.search),
    from: new Date(fromMillis).toISOString(),
    order: 'asc' as const,
    limit: maxLimit,
  };
  for await (const page of client.pages(query, { signal }))
    await printer.print(deduplicator.take(page.items));
}

class Printer {
  readonly #command: FollowCommand;
  readonly #output: Output;
  #table: EntryTable | undefined;

  constructor(command: FollowCommand, output: Output) {
    this.#command = command;
    this.#output = output;
  }

  async print(items: readonly TailItem<ListItem>[]): Promise<void> {
    if (items.length === 0) return;
    const lines =
      this.#command.output === 'ndjson'
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
