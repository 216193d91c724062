// How long to wait before trying again: exponential, with full jitter, so that callers throttled together do not
// come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
import { setTimeout as wait } from 'node:timers/promises';

export interface Backoff {
  readonly baseDelayMillis: number;
  readonly maxDelayMillis: number;
}

/** Milliseconds to wait after the attempt with this number (from 1) failed; `random` gives 0 to below 1. */
export function delayAfter(attempt: number, backoff: Backoff, random: () => number = Math.random): number {
  const ceiling = Math.min(backoff.maxDelayMillis, backoff.baseDelayMillis * 2 ** (attempt - 1));
  return Math.floor(random() * (ceiling + 1));
}

/** Waits; returns early, without an error, when the signal aborts. */
export async function pause(delayMillis: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(delayMillis, undefined, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
