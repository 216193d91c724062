// Repeats work within one invocation, because EventBridge invokes a function at most once a minute.

/** The clock and the pause, so that tests need not wait. */
export interface Clock {
  now(): number;
  sleep(millis: number): Promise<void>;
}

const systemClock: Clock = {
  now: Date.now,
  sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
};

/** EventBridge's shortest rate: the next invocation starts after this time. */
const minuteMillis = 60_000;

/**
 * Runs the work at once, and then at the interval for as long as the next run starts before the next invocation. A run
 * that takes longer than the interval delays the next one, and is not run twice at once.
 */
export async function runAtIntervals(
  intervalMillis: number,
  run: () => Promise<void>,
  clock: Clock = systemClock,
): Promise<void> {
  const startMillis = clock.now();
  let nextMillis = startMillis;
  while (nextMillis < startMillis + minuteMillis) {
    await clock.sleep(Math.max(0, nextMillis - clock.now()));
    await run();
    nextMillis = Math.max(nextMillis + intervalMillis, clock.now());
  }
}
