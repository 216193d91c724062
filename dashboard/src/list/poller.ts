// Looks again and again for what is new, and says when it does not get through.

/** Between two looks; each costs about one read unit. */
const lookEveryMillis = 5000;

/** A look at a busy window takes long; the pause after it is as many times longer, so that the API is left alone. */
const pausePerLook = 10;

/** Longest pause after a look that failed, so that the page soon sees that the service is back. */
const longestRetryMillis = 30_000;

/** Looks in a row that may fail before anybody is told: the next one makes a single failure good. */
const toldAfterFailures = 2;

export interface Polling {
  /** Fails when the look did not get through. */
  readonly look: (signal: AbortSignal) => Promise<void>;
  /** Waits; resolves at once when the signal is aborted. */
  readonly wait: (millis: number, signal: AbortSignal) => Promise<void>;
  /** What the last look failed with once enough in a row did; `undefined` from the first one that succeeds. */
  readonly onOutage: (error: unknown) => void;
}

/** Looks until the signal is aborted; never fails. */
export async function startPolling({ look, wait, onOutage }: Polling, signal: AbortSignal): Promise<void> {
  let pauseMillis = lookEveryMillis;
  let failures = 0;
  while (!signal.aborted) {
    await wait(pauseMillis, signal);
    if (signal.aborted) return;
    const begunAt = performance.now();
    try {
      await look(signal);
      if (failures >= toldAfterFailures) onOutage(undefined);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      if (failures >= toldAfterFailures) onOutage(error);
    }
    const tookMillis = performance.now() - begunAt;
    const longest = failures === 0 ? Number.POSITIVE_INFINITY : longestRetryMillis;
    pauseMillis = Math.min(longest, Math.max(lookEveryMillis, pausePerLook * tookMillis));
  }
}
