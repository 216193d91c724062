// Puts entries on the bus, in calls within EventBridge's limits. Each further round repeats only the entries
// that failed.
import { type Backoff, delayAfter, pause } from './backoff.ts';
import { type BusEntry, countEntryBytes, maxCallBytes, maxEntriesPerCall } from './bus-entry.ts';
import { type CallOptions, type Outcome, putEntries } from './put-events.ts';
import { emitFailureCodes, type PutFailure } from './put-failure.ts';
import { splitIntoCalls } from './split.ts';

export interface PublishOptions extends CallOptions, Backoff {
  /** Maximum PutEvents calls for one entry, including the first. */
  readonly maxAttempts: number;
}

interface Attempt {
  readonly entry: BusEntry;
  readonly bytes: number;
  outcome: Outcome | undefined;
}

const callLimits = { maxItems: maxEntriesPerCall, maxBytes: maxCallBytes };

/**
 * Returns the outcome of every entry, in order. Never throws because of an entry, a failed call or an abort.
 */
export async function publish(entries: readonly BusEntry[], options: PublishOptions): Promise<Outcome[]> {
  const { maxAttempts, signal } = options;
  const attempts = entries.map((entry): Attempt => {
    const bytes = countEntryBytes(entry);
    return { entry, bytes, outcome: bytes > maxCallBytes ? tooLarge(bytes) : undefined };
  });
  let pending = attempts.filter(({ outcome }) => outcome === undefined);

  for (let round = 1; pending.length > 0 && round <= maxAttempts && !signal?.aborted; round++) {
    if (round > 1) await pause(delayAfter(round - 1, options), signal);
    for (const call of splitIntoCalls(pending, ({ bytes }) => bytes, callLimits)) {
      if (signal?.aborted) break;
      const outcomes = await putEntries(
        call.map(({ entry }) => entry),
        options,
      );
      call.forEach((attempt, index) => {
        attempt.outcome = afterRounds(outcomes[index], round);
      });
    }
    pending = pending.filter(({ outcome }) => isOpen(outcome));
  }
  return attempts.map(
    ({ outcome }) => (signal?.aborted && isOpen(outcome) ? aborted(outcome) : outcome) as Outcome,
  );
}

/** Whether another attempt can change the outcome. */
function isOpen(outcome: Outcome | undefined): boolean {
  return outcome === undefined || ('failure' in outcome && outcome.failure.retryable);
}

function tooLarge(bytes: number): Outcome {
  const message = `must be at most ${maxCallBytes} bytes as EventBridge counts them, is ${bytes}`;
  return { failure: { code: emitFailureCodes.entryTooLarge, message, retryable: false } };
}

function aborted(last: Outcome | undefined): Outcome {
  const failure: PutFailure | undefined = last && 'failure' in last ? last.failure : undefined;
  if (failure?.code === emitFailureCodes.aborted) return { failure };
  const message = failure ? `aborted after ${failure.code}` : 'aborted before the event was sent';
  return { failure: { code: emitFailureCodes.aborted, message, retryable: true } };
}

function afterRounds(outcome: Outcome | undefined, rounds: number): Outcome | undefined {
  if (outcome === undefined || 'envelopeId' in outcome || rounds === 1) return outcome;
  return {
    failure: { ...outcome.failure, message: `${outcome.failure.message} (after ${rounds} attempts)` },
  };
}
