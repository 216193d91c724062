// Divides the time of one invocation: no message starts, and no insert is retried, so late that the function
// could time out before it reports the batch result to the queue.
import type { BatchDeadlines } from '../../core/recording/recorder.ts';

/** The fraction of the time in which messages can start: 30 of the recorder's 60 seconds. */
const startShare = 0.5;

/**
 * The fraction of the time in which inserts can be retried. The rest is for comparing duplicates and returning
 * messages.
 */
const retryShare = 0.75;

/** Returns the deadlines of a batch with this much time remaining. */
export function deadlinesWithin(remainingMillis: number, now: number = Date.now()): BatchDeadlines {
  return {
    startUntilMillis: now + startShare * remainingMillis,
    retryUntilMillis: now + retryShare * remainingMillis,
  };
}
