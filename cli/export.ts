// The export command: reads every page and writes it to standard output or to a file that is renamed when complete.
import { stat } from 'node:fs/promises';
import { ApiError, type ExportPage, type RequestLogsClient } from '../client/client.ts';
import { formatBytes } from '../core/values/format-bytes.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Output } from '../terminal/output.ts';
import { UsageError } from '../terminal/usage-error.ts';
import type { ExportCommand } from './commands.ts';
import { ExportProgress, findEnd } from './export-progress.ts';
import { describeNotSearched, describeRemoved } from './not-searched.ts';
import { PartialFile } from './partial-file.ts';
import { type FixedQuery, quoteForShell } from './search-query.ts';
import { SincePosition } from './since-position.ts';

/** What the export command uses. */
export interface ExportContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** The API and the caller. An unfinished file from a different source is not resumed. */
  readonly source: string;
}

/**
 * Exports the entire range. If a file export fails, running the same command again resumes it. Throws UsageError,
 * before any request, if the file exists and `force` is not set.
 */
export async function runExport(command: ExportCommand, context: ExportContext): Promise<void> {
  if (command.file === undefined) return exportToOutput(command, context);
  await exportToFile(command, command.file, context);
}

async function exportToOutput(command: ExportCommand, context: ExportContext): Promise<void> {
  const position = await SincePosition.open(command, context.source);
  const { query } = position;
  // On a terminal, the entries themselves show the progress.
  const isTerminal = context.output.columns !== undefined;
  const output = isTerminal ? { ...context.output, drawColumns: undefined } : context.output;
  const endMillis = await findEnd(query, { ...context, output });
  const progress = new ExportProgress(output, query, { startMillis: context.now(), endMillis });
  for await (const page of readPages(command, query, position.cursor, context)) {
    position.pass(page);
    await output.write(isTerminal ? escapePage(page.text, command.format) : page.text);
    progress.add(page);
  }
  output.draw(undefined);
  await position.save();
  sayNotSearched(progress, context.output);
}

function sayNotSearched({ notSearchedCount: count, removedCount }: ExportProgress, output: Output): void {
  if (count > 0) output.say(describeNotSearched({ count }));
  if (removedCount > 0) output.say(describeRemoved(removedCount));
}

/** Escapes a page for the terminal. Files and pipes receive the original bytes. */
function escapePage(text: string, format: ExportCommand['format']): string {
  if (format === 'ndjson') return escapeJsonForTerminal(text);
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 1 ? part : escapeForTerminal(part)))
    .join('');
}

async function exportToFile(command: ExportCommand, path: string, context: ExportContext): Promise<void> {
  const { output, source } = context;
  if (!command.force && (await wouldOverwrite(path))) {
    throw new UsageError(`--output ${escapeForTerminal(path)} already exists; use --force to overwrite it`);
  }
  const position = await SincePosition.open(command, source);
  const exportKey = JSON.stringify([source, command.format, command.exportKey, position.cursor]);
  const resumed = command.restart ? undefined : await PartialFile.readState(path, exportKey);
  if (resumed !== undefined) {
    output.say(
      escapeForTerminal(
        `Resuming ${path}.part with ${formatCount(resumed.count, 'entry', 'entries')} already exported.`,
      ),
    );
  }
  const query = resumed?.query ?? position.query;
  const startMillis = resumed?.startMillis ?? context.now();
  const endMillis = await findEnd(query, context);
  const file = await PartialFile.open(path, resumed?.bytes ?? 0);
  const progress = new ExportProgress(output, query, { startMillis, endMillis }, resumed);
  let savedCount = resumed?.count ?? 0;
  try {
    for await (const page of readPages(command, query, resumed?.cursor ?? position.cursor, context)) {
      position.pass(page);
      const start = progress.bytes;
      progress.add(page);
      const { count, bytes } = progress;
      const cursor = page.nextCursor;
      const state = cursor === null ? undefined : { exportKey, query, cursor, startMillis, bytes, count };
      await file.append(page.text, state, start);
      if (state !== undefined) savedCount = count;
    }
  } catch (error) {
    await file.close();
    output.draw(undefined);
    if (resumed !== undefined && error instanceof ApiError && error.code === 'INVALID_CURSOR') {
      throw new CommandError(
        `${quoteForShell(path)}.part cannot be resumed because it belongs to another caller; use --restart to start over`,
      );
    }
    if (savedCount > 0)
      output.say(`Kept ${formatCount(savedCount, 'entry', 'entries')}. Run the same command to resume.`);
    throw error;
  }
  await file.finish();
  await position.save();
  output.draw(undefined);
  const { count, bytes } = progress;
  sayNotSearched(progress, output);
  output.say(
    escapeForTerminal(
      `Exported ${formatCount(count, 'entry', 'entries')} (${formatBytes(bytes)}) to ${path}.`,
    ),
  );
}

/** Whether the path exists and an export would overwrite it. A directory is never overwritten. */
async function wouldOverwrite(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch (error) {
    // Any other problem with the path is reported when the file is written.
    if (error instanceof Error && 'syscall' in error) return false;
    throw error;
  }
}

async function* readPages(
  { format, columns, spreadsheet }: ExportCommand,
  query: FixedQuery,
  cursor: string | undefined,
  { client, signal }: ExportContext,
): AsyncGenerator<ExportPage> {
  const form = { format, ...(columns === 'full' && { columns }), ...(spreadsheet && { spreadsheet }) };
  yield* client.exportPages({ ...query, ...form, ...(cursor !== undefined && { cursor }) }, { signal });
}
