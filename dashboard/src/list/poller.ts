// Polls at intervals and reports outages. Knows nothing about what is polled.

/** The pause after a poll is at least this many times its duration, to limit the load that slow polls cause. */
const pausePerPollTime = 10;

/** Maximum pause after a failed poll, so that the page soon notices when the service is back. */
const maxRetryMillis = 30_000;

/** Consecutive failures before an outage is reported. The next poll makes up for a single failure. */
const failuresBeforeReport = 2;

export interface Polling {
  /** Rejects if the poll fails. */
  readonly poll: (signal: AbortSignal) => Promise<void>;
  /** Returns the minimum pause before the next poll. */
  readonly minPauseMillis: () => number;
  /** Waits for a pause that can change while waiting. Resolves immediately when the signal is aborted. */
  readonly wait: (pauseMillis: () => number, signal: AbortSignal) => Promise<void>;
  /** Receives the last error after enough consecutive failures, and `undefined` at the next success. */
  readonly onOutage: (error: unknown) => void;
}

/** Polls until the signal is aborted. Never rejects. */
export async function startPolling(
  { poll, minPauseMillis, wait, onOutage }: Polling,
  signal: AbortSignal,
): Promise<void> {
  let pauseMillis = minPauseMillis;
  let failures = 0;
  while (!signal.aborted) {
    await wait(pauseMillis, signal);
    if (signal.aborted) return;
    const startedAt = performance.now();
    try {
      await poll(signal);
      if (failures >= failuresBeforeReport) onOutage(undefined);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      if (failures >= failuresBeforeReport) onOutage(error);
    }
    const tookMillis = performance.now() - startedAt;
    const longest = failures === 0 ? Number.POSITIVE_INFINITY : maxRetryMillis;
    pauseMillis = () => Math.min(longest, Math.max(minPauseMillis(), pausePerPollTime * tookMillis));
  }
}
