// How the time of one invocation is divided: no message of a batch starts, and no insert is repeated, so late that the answer
// to the queue could be lost.
import type { BatchDeadlines } from '../../core/recording/recorder.ts';

/** The part of the time in which messages start: half a minute of the recorder's 60 seconds. */
const startShare = 0.5;

/** The part of the time in which inserts are repeated; the rest is for comparing duplicates and returning messages. */
const retryShare = 0.75;

/** The deadlines of a batch that has so much time left. */
export function deadlinesWithin(remainingMillis: number, now: number = Date.now()): BatchDeadlines {
  return {
    startUntilMillis: now + startShare * remainingMillis,
    retryUntilMillis: now + retryShare * remainingMillis,
  };
}
