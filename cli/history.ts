// The history command: prints the timeline of a target, its state at a moment, or the difference between two moments.
import { ApiError, type History, type HistoryQuery, type RequestLogsClient } from '../client/client.ts';
import { joinPages } from '../core/history/join-pages.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import type { Output } from '../terminal/output.ts';
import type { HistoryCommand } from './commands.ts';
import { renderHistory } from './history-view.ts';
import { quoteForShell } from './search-query.ts';

/** What the history command uses. */
export interface HistoryContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  /** The command name as the user typed it, with the connection options. */
  readonly program: string;
  readonly signal: AbortSignal;
}

/** Prints the history. Returns false if several targets have the ID, after it printed how to select one. */
export async function runHistory(command: HistoryCommand, context: HistoryContext): Promise<boolean> {
  const { output } = context;
  let history: History;
  try {
    history = await readPages(command, context);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'AMBIGUOUS_TARGET') throw error;
    for (const line of listCandidates(error, command, context.program)) output.say(escapeForTerminal(line));
    return false;
  }
  const text =
    command.output === 'json'
      ? `${escapeJsonForTerminal(JSON.stringify(history, null, 2))}\n`
      : `${renderHistory(history, output).join('\n')}\n`;
  await output.write(text);
  if (!history.complete) {
    output.say(
      escapeForTerminal(
        `Searched back to ${history.searchedThrough}; there may be more. To read everything, add --all.`,
      ),
    );
  }
  return true;
}

/** Reads the first page, all pages with --all, and for a state, pages until the search for it ends. */
async function readPages(
  { query, isAll }: HistoryCommand,
  { client, signal }: HistoryContext,
): Promise<History> {
  const parameters: HistoryQuery = query;
  let history: History = await client.getHistory(parameters, { signal });
  while (history.nextCursor !== null && (isAll || query.at !== undefined)) {
    const next = await client.getHistory({ ...parameters, cursor: history.nextCursor }, { signal });
    history = joinPages(history, next);
  }
  return history;
}

function listCandidates(
  { problem, message }: ApiError,
  { query }: HistoryCommand,
  program: string,
): string[] {
  const command = `${program} history ${quoteForShell(query.target)}`;
  return [
    `${message.split(';')[0]}. To select one, run one of these commands:`,
    ...(problem?.candidates ?? []).map(
      ({ account, region, type }) =>
        `  ${command} --account ${account} --region ${region} --type ${quoteForShell(type)}`,
    ),
  ];
}
