// The command export: follows the cursor to the end, into a file that appears when it is whole, or to standard output.
import { stat } from 'node:fs/promises';
import { ApiError, type ExportPage, type ListQuery, type RequestLogsClient } from '../client/client.ts';
import { formatBytes } from '../core/values/format-bytes.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { countOf } from '../terminal/count-of.ts';
import type { Output } from '../terminal/output.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { ExportCommand } from './arguments.ts';
import { ExportProgress, findEnd } from './export-progress.ts';
import { PartialFile, type PartialState } from './partial-file.ts';
import { quoteForShell, toQuery } from './search-query.ts';

export interface ExportContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Which API, and as whom: an unfinished file of another is not gone on with. */
  readonly source: string;
}

type FixedQuery = PartialState['query'];

/**
 * Exports the whole range. When it fails with a file half written, the same command goes on. Fails with UsageError,
 * before anything is asked, when it would replace a file unbidden.
 */
export async function runExport(command: ExportCommand, context: ExportContext): Promise<void> {
  if (command.file === undefined) return exportToOutput(command, context);
  await exportToFile(command, command.file, context);
}

async function exportToOutput(command: ExportCommand, context: ExportContext): Promise<void> {
  const query = fix(toQuery(command.search));
  // On a terminal the entries themselves show how far it is.
  const isShown = context.output.columns !== undefined;
  const output = isShown ? { ...context.output, drawColumns: undefined } : context.output;
  const endMillis = await findEnd(query, { ...context, output });
  const progress = new ExportProgress(output, query, { startMillis: context.now(), endMillis });
  for await (const page of readPages(command, query, undefined, context)) {
    await output.write(isShown ? escapePage(page.text, command.format) : page.text);
    progress.add(page);
  }
  output.draw(undefined);
}

/** A page for a terminal; a file and a pipe get it as it is. */
function escapePage(text: string, format: ExportCommand['format']): string {
  if (format === 'ndjson') return escapeJsonForTerminal(text);
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 1 ? part : escapeForTerminal(part)))
    .join('');
}

async function exportToFile(command: ExportCommand, path: string, context: ExportContext): Promise<void> {
  const { output, source } = context;
  if (!command.force && (await isThere(path))) {
    throw new UsageError(`--output ${escapeForTerminal(path)} is there already; --force replaces it`);
  }
  const wish = JSON.stringify([source, command.format, command.wish]);
  const left = command.restart ? undefined : await PartialFile.readState(path, wish);
  if (left !== undefined) {
    output.say(
      escapeForTerminal(
        `Going on with ${path}.part: ${countOf(left.count, 'entry', 'entries')} kept so far.`,
      ),
    );
  }
  const query = left?.query ?? fix(toQuery(command.search));
  const startMillis = left?.startMillis ?? context.now();
  const endMillis = await findEnd(query, context);
  const file = await PartialFile.open(path, left?.bytes ?? 0);
  const progress = new ExportProgress(output, query, { startMillis, endMillis }, left);
  let kept = left?.count ?? 0;
  try {
    for await (const page of readPages(command, query, left?.cursor, context)) {
      const position = progress.bytes;
      progress.add(page);
      const { count, bytes } = progress;
      const cursor = page.nextCursor;
      const state = cursor === null ? undefined : { wish, query, cursor, startMillis, bytes, count };
      await file.append(page.text, state, position);
      if (state !== undefined) kept = count;
    }
  } catch (error) {
    await file.close();
    output.draw(undefined);
    if (left !== undefined && error instanceof ApiError && error.code === 'INVALID_CURSOR') {
      throw new CommandError(
        `${quoteForShell(path)}.part cannot be gone on with: it belongs to another caller. --restart starts anew`,
      );
    }
    if (kept > 0) output.say(`${countOf(kept, 'entry', 'entries')} kept; the same command goes on.`);
    throw error;
  }
  await file.finish();
  output.draw(undefined);
  const { count, bytes } = progress;
  output.say(escapeForTerminal(`${countOf(count, 'entry', 'entries')}, ${formatBytes(bytes)}, in ${path}.`));
}

/** Whether the name is taken by something that an export would replace. A folder it would not. */
async function isThere(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch (error) {
    // What else is wrong with the place is told when the file is written.
    if (error instanceof Error && 'syscall' in error) return false;
    throw error;
  }
}

/** The query with nothing left open that a later request could read differently. */
function fix(query: ListQuery): FixedQuery {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}

async function* readPages(
  { format }: ExportCommand,
  query: FixedQuery,
  cursor: string | undefined,
  { client, signal }: ExportContext,
): AsyncGenerator<ExportPage> {
  yield* client.exportPages({ ...query, format, ...(cursor !== undefined && { cursor }) }, { signal });
}
