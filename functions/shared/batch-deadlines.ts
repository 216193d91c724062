// How the time of one invocation is divided: no message of a batch starts, and no insert is repeated, so late that the answer
// to the queue could be lost.
import type { BatchDeadlines } from '../../core/recording/recorder.ts';

/** Kept for what follows the last insert: comparing duplicates, rejecting events, and returning failed messages. */
const reserveMillis = 15_000;

/** The last part of the time in which messages are started that leaves room for inserting them. */
const insertMillis = 15_000;

/** The deadlines of a batch that has so much time left. */
export function deadlinesWithin(remainingMillis: number, now: number = Date.now()): BatchDeadlines {
  const retryUntilMillis = now + remainingMillis - reserveMillis;
  return { retryUntilMillis, startUntilMillis: retryUntilMillis - insertMillis };
}
