// The follow command: prints new entries until it is interrupted. Retries while the API is temporarily unavailable.
import { setTimeout as delay } from 'node:timers/promises';
import type { ListItem, RequestLogsClient } from '../client/client.ts';
import { maxLimit } from '../core/query/query.ts';
import {
  completeFollowPoll,
  type FollowPoll,
  type FollowState,
  limitRecordedFrom,
  oldestFollowed,
  planFollowPoll,
  startFollowing,
} from '../core/search/follow-schedule.ts';
import { TailDeduplicator } from '../core/search/tail-deduplicator.ts';
import type { Output } from '../terminal/output.ts';
import type { FollowCommand } from './commands.ts';
import { describeFailure, isTransient, networkCode } from './describe-failure.ts';
import { FollowPrinter } from './follow-printer.ts';
import { toQuery } from './search-query.ts';

/** What the follow command uses. */
export interface FollowContext {
  readonly client: RequestLogsClient;
  readonly output: Output;
  /** Aborting it ends the command without an error. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/**
 * How much earlier than the start of the command an entry can be recorded and still be printed when it occurred before
 * the first poll's range. Entries recorded earlier were already visible, so they are not new.
 */
const recordedBeforeStartMillis = 60_000;

/** Follows until the signal is aborted. Throws if the API rejects the request, not if it is busy or unreachable. */
export async function follow(command: FollowCommand, context: FollowContext): Promise<void> {
  const { output, signal, now } = context;
  const deduplicator = new TailDeduplicator<ListItem>();
  const printer = new FollowPrinter(command.output, output);
  const startedAt = now();
  const startMillis =
    command.search.from === undefined ? startedAt - command.windowMillis : Date.parse(command.search.from);
  const isNew = ({ timestamp, recordedAt }: ListItem) =>
    Date.parse(timestamp) >= startMillis || Date.parse(recordedAt) >= startedAt - recordedBeforeStartMillis;
  let state: FollowState | undefined;
  let isInterrupted = false;
  if (output.columns !== undefined) output.say('Following new entries. Press Ctrl-C to stop.');
  while (!signal.aborted) {
    const pollMillis = now();
    const due = state === undefined ? undefined : planFollowPoll(state, pollMillis);
    deduplicator.startPoll(state === undefined ? startMillis : oldestFollowed(state));
    try {
      for await (const page of context.client.pages(toPollQuery(command, startMillis, due), { signal })) {
        await printer.print(deduplicator.take(page.items.filter(isNew)));
      }
      if (isInterrupted) output.say('The API is available again. No entries were missed.');
      state = state && due ? completeFollowPoll(state, due) : startFollowing(pollMillis);
      isInterrupted = false;
    } catch (error) {
      if (signal.aborted) return;
      const isUnreachable = state === undefined && networkCode(error) !== undefined;
      if (isUnreachable || !isTransient(error)) throw error;
      if (!isInterrupted) output.say(`${describeFailure(error)}. Retrying until the API is available.`);
      isInterrupted = true;
    }
    await delay(command.intervalMillis, undefined, { signal }).catch(() => {});
  }
}

/** Returns the query of a poll. The first one, without `due`, reads everything from the start. */
function toPollQuery({ search }: FollowCommand, startMillis: number, due: FollowPoll | undefined) {
  const hasFrom = search.from !== undefined;
  const fromMillis = due === undefined ? startMillis : Math.max(due.fromMillis, hasFrom ? startMillis : 0);
  const recordedFromMillis =
    due &&
    limitRecordedFrom(due, {
      recordedFromMillis: search.recordedFrom === undefined ? undefined : Date.parse(search.recordedFrom),
      hasRecordedTo: search.recordedTo !== undefined,
    });
  return {
    ...toQuery(search),
    from: new Date(fromMillis).toISOString(),
    ...(recordedFromMillis !== undefined && { recordedFrom: new Date(recordedFromMillis).toISOString() }),
    order: 'asc' as const,
    limit: maxLimit,
  };
}
