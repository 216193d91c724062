// The list command: prints entries as a table or JSON, and states whether the results are complete.
import type { ListItem, Page, RequestLogsClient } from '../client/client.ts';
import { maxLimit } from '../core/query/query.ts';
import { addNotSearched, type NotSearched } from '../core/search/detail-search.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Output } from '../terminal/output.ts';
import type { ListCommand } from './commands.ts';
import { type EntryTable, makeEntryTable } from './entry-table.ts';
import { describeNotSearched, describeRemoved } from './not-searched.ts';
import { describeSuggestions, joinSuggestions, suggestCorrections } from './search-hints.ts';
import { toOptions, toQuery } from './search-query.ts';

/** What the list command uses. */
export interface ListContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  /** The command name as the user typed it, with the connection options. */
  readonly program: string;
  readonly signal: AbortSignal;
}

type Progress = Pick<Page, 'complete' | 'nextCursor' | 'searchedThrough' | 'resumeCursor'>;

/** Lists entries up to the limit or to the end of the range. With a limit, stops at a page cut by the read budget. */
export async function list(command: ListCommand, context: ListContext): Promise<void> {
  const { output } = context;
  const items: ListItem[] = [];
  const suggestionPages: Pick<Page, 'suggestions'>[] = [];
  let [count, last]: [number, Progress | undefined] = [0, undefined];
  let notSearched: NotSearched | undefined;
  let table: EntryTable | undefined;
  let removed = 0;
  for await (const page of readPages(command, context)) {
    count += page.items.length;
    removed += page.removed ?? 0;
    last = page;
    if (page.suggestions) suggestionPages.push(page);
    notSearched = addNotSearched(notSearched, page.notSearched);
    if (command.output === 'json') items.push(...page.items);
    else if (command.output === 'ndjson') {
      await output.write(
        page.items.map((item) => `${escapeJsonForTerminal(JSON.stringify(item))}\n`).join(''),
      );
    } else if (page.items.length > 0) {
      const isFirst = table === undefined;
      table ??= makeEntryTable(page.items, output.columns, output.paint);
      const { titles, render } = table;
      const lines = page.items.flatMap((item) => render(item));
      await output.write(`${[...(isFirst ? titles : []), ...lines].join('\n')}\n`);
    }
  }
  if (last === undefined) return;
  const { nextCursor, complete, searchedThrough, resumeCursor } = last;
  const suggestions = joinSuggestions(suggestionPages);
  if (command.output === 'json') {
    const answer = {
      items,
      nextCursor,
      complete,
      searchedThrough,
      ...(resumeCursor !== undefined && { resumeCursor }),
      ...(removed > 0 && { removed }),
      ...(suggestions.length > 0 && { suggestions }),
      ...(notSearched && { notSearched }),
    };
    await output.write(`${escapeJsonForTerminal(JSON.stringify(answer, null, 2))}\n`);
  }
  if (notSearched !== undefined) output.say(escapeForTerminal(describeNotSearched(notSearched)));
  if (removed > 0) output.say(describeRemoved(removed));
  if (!complete) {
    for (const line of describeContinuation(command, last, count, context.program))
      output.say(escapeForTerminal(line));
  } else if (command.output === 'table' && count === 0) {
    for (const line of describeNoMatches(command, suggestions)) output.say(escapeForTerminal(line));
  } else if (command.output === 'table' && output.columns !== undefined) {
    output.say(`${formatCount(count, 'entry', 'entries')}; no more entries.`);
  }
  if (command.output === 'table') {
    for (const line of describeSuggestions(suggestions, count === 0)) output.say(escapeForTerminal(line));
  }
}

async function* readPages(command: ListCommand, { client, signal }: ListContext): AsyncGenerator<Page> {
  let cursor = command.cursor;
  for (let missing = command.limit ?? Number.POSITIVE_INFINITY; missing > 0; ) {
    const limit = Math.min(missing, maxLimit);
    const query = { ...toQuery(command.search), limit, ...(cursor !== undefined && { cursor }) };
    const page = await client.listEntries(query, { signal });
    yield page;
    missing -= page.items.length;
    const isCut = page.items.length < limit;
    if (page.nextCursor === null || (command.limit !== undefined && isCut)) return;
    cursor = page.nextCursor;
  }
}

/** The message for an incomplete search. */
function describeContinuation(
  command: ListCommand,
  last: Progress,
  count: number,
  program: string,
): string[] {
  const direction =
    command.search.order === 'recorded'
      ? 'what was sealed up to'
      : command.search.order === 'asc'
        ? 'up to'
        : 'back to';
  const isFull = command.limit !== undefined && count >= command.limit;
  const why = isFull ? 'there may be more entries' : 'the request reached its read limit';
  const options = toOptions(command.search);
  const again = `${program}${options === '' ? '' : ` ${options}`}`;
  return [
    `${formatCount(count, 'entry', 'entries')}, searched ${direction} ${last.searchedThrough}; ${why}. To continue or to list all entries:`,
    `  ${again} --cursor ${last.nextCursor}`,
    `  ${again} --all`,
  ];
}

/** The message for a complete search without results. */
function describeNoMatches(
  { search, cursor }: ListCommand,
  suggestions: NonNullable<Page['suggestions']>,
): string[] {
  if (cursor !== undefined) return ['No more entries match.'];
  return [
    'No entries match. The search covered the entire range in the accounts you can view.',
    ...suggestCorrections(search.filters, suggestions),
  ];
}
