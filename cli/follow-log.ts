// The follow command with --exact: prints the sealed log as it grows, each entry once and in the order of the log. Retries
// while the API is temporarily unavailable.
import { setTimeout as delay } from 'node:timers/promises';
import { maxLimit } from '../core/query/query.ts';
import type { FollowCommand } from './commands.ts';
import { readPosition, savePosition } from './cursor-file.ts';
import { describeFailure, isTransient, networkCode } from './describe-failure.ts';
import type { FollowContext } from './follow.ts';
import { FollowPrinter } from './follow-printer.ts';
import { describeRemoved } from './not-searched.ts';
import { toFixedQuery, toQuery } from './search-query.ts';

/** What following the log uses. */
export interface FollowLogContext extends FollowContext {
  /** The API and the caller, which a saved position belongs to. */
  readonly source: string;
}

/**
 * Follows until the signal is aborted. Saves the position only after its entries are printed, so an interrupted run can
 * print a page again but never misses an entry. Throws if the API rejects the request.
 */
export async function followLog(command: FollowCommand, context: FollowLogContext): Promise<void> {
  const { client, output, signal, now, source } = context;
  const { cursorFile, intervalMillis, search } = command;
  const key = JSON.stringify([source, 'follow', command.searchKey]);
  const saved = cursorFile === undefined ? undefined : await readPosition(cursorFile, key);
  const recordedFrom =
    search.recordedFrom ??
    (search.from === undefined ? new Date(now() - command.windowMillis).toISOString() : undefined);
  const query = saved?.query ?? toFixedQuery(toQuery({ ...search, recordedFrom, order: 'recorded' }));
  const printer = new FollowPrinter(command.output, output);
  let cursor = saved?.cursor;
  let isConnected = false;
  let isInterrupted = false;
  if (output.columns !== undefined) output.say('Following the sealed log. Press Ctrl-C to stop.');
  while (!signal.aborted) {
    try {
      const position = cursor === undefined ? {} : { cursor };
      const page = await client.listEntries({ ...query, ...position, limit: maxLimit }, { signal });
      isConnected = true;
      if (isInterrupted) output.say('The API is available again. No entries were missed.');
      isInterrupted = false;
      await printer.print(page.items.map((item) => ({ item, isLate: false })));
      if (page.removed !== undefined) output.say(describeRemoved(page.removed));
      if (page.resumeCursor !== undefined && page.resumeCursor !== cursor) {
        cursor = page.resumeCursor;
        if (cursorFile !== undefined) await savePosition(cursorFile, { key, query, cursor });
      }
      if (!page.complete) continue;
    } catch (error) {
      if (signal.aborted) return;
      const isUnreachable = !isConnected && networkCode(error) !== undefined;
      if (isUnreachable || !isTransient(error)) throw error;
      if (!isInterrupted) output.say(`${describeFailure(error)}. Retrying until the API is available.`);
      isInterrupted = true;
    }
    await delay(intervalMillis, undefined, { signal }).catch(() => {});
  }
}
