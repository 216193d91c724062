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
  const fold = new TailDeduplicator<ListItem>();
  const printer = new Printer(command, output);
  const startMillis = command.search.from === undefined ? undefined : Date.parse(command.search.from);
  let oldestMillis = startMillis;
  let [hasLooked, isTroubled] = [false, false];
  if (output.columns !== undefined) output.say('Following new entries. Press Ctrl-C to stop.');
  while (!signal.aborted) {
    const lookMillis = now();
    const fromMillis = oldestMillis ?? lookMillis - command.windowMillis;
    fold.startPoll(fromMillis);
    try {
      await look(fromMillis, fold, printer, command, context);
      if (isTroubled) output.say('The API is available again. No entries were missed.');
      [hasLooked, isTroubled] = [true, false];
      // The next poll starts one window before this one, so an outage in between leaves no gap.
      oldestMillis = Math.max(startMillis ?? 0, lookMillis - command.windowMillis);
    } catch (error) {
      if (signal.aborted) return;
      const isNowhere = !hasLooked && networkCode(error) !== undefined;
      if (isNowhere || !isTransient(error)) throw error;
      oldestMillis = fromMillis;
      if (!isTroubled) output.say(`${describeFailure(error)}. Retrying until the API is available.`);
      isTroubled = true;
    }
    await delay(command.intervalMillis, undefined, { signal }).catch(() => {});
  }
}

async function look(
  fromMillis: number,
  fold: TailDeduplicator<ListItem>,
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
  for await (const page of client.pages(query, { signal })) await printer.print(fold.take(page.items));
}

class Printer {
  readonly #command: FollowCommand;
  readonly #output: Output;
  #table: EntryTable | undefined;

  constructor(command: FollowCommand, output: Output) {
    this.#command = command;
    this.#output = output;
  }

  async print(fresh: readonly TailItem<ListItem>[]): Promise<void> {
    if (fresh.length === 0) return;
    const lines =
      this.#command.output === 'ndjson'
        ? fresh.map(({ item }) => escapeJsonForTerminal(JSON.stringify(item)))
        : this.#rows(fresh);
    await this.#output.write(`${lines.join('\n')}\n`);
  }

  #rows(fresh: readonly TailItem<ListItem>[]): string[] {
    const { columns, paint } = this.#output;
    const isFirst = this.#table === undefined;
    const table =
      this.#table ??
      makeEntryTable(
        fresh.map(({ item }) => item),
        columns,
        paint,
        { isGrowing: true },
      );
    this.#table = table;
    const rows = fresh.flatMap(({ item, isLate }) => table.render(item, isLate || item.late));
    return isFirst ? [...table.titles, ...rows] : rows;
  }
}
