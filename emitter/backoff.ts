// Computes the pause before a retry: exponential backoff with full jitter, so that clients throttled together
// do not retry together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  readonly baseDelayMillis: number;
  readonly maxDelayMillis: number;
}

/**
 * Milliseconds to wait after failed attempt number `attempt`, counted from 1. `random` returns a number from
 * 0 up to, but not including, 1.
 */
export function delayAfter(attempt: number, backoff: Backoff, random: () => number = Math.random): number {
  const ceiling = Math.min(backoff.maxDelayMillis, backoff.baseDelayMillis * 2 ** (attempt - 1));
  return Math.floor(random() * (ceiling + 1));
}

/** Waits for `delayMillis`. Returns early, without an error, when the signal aborts. */
export async function pause(delayMillis: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(delayMillis, undefined, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
