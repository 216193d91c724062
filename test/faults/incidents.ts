// Carries out the scheduled incidents. Their times are determined by the seed. They affect whatever is running
// at the time.
import type { RecorderProcesses } from './recorder-processes.ts';
import type { Incident } from './schedule.ts';
import { randomFor } from './seeded.ts';
import type { StoreFaults } from './store-faults.ts';
import type { StormStack } from './storm-stack.ts';
import type { Tally } from './tally.ts';

/** Maximum clock skew of the recorder. */
export const maxClockSkewMillis = 60_000;

export interface IncidentParts {
  readonly seed: number;
  readonly stack: StormStack;
  readonly processes: RecorderProcesses;
  readonly storeFaults: StoreFaults;
  readonly tally: Tally;
}

export function createIncidents(parts: IncidentParts): Record<Incident, () => void | Promise<void>> {
  const { seed, stack, processes, storeFaults, tally } = parts;
  const random = randomFor(seed, 'incidents');
  return {
    kill: async () => {
      if (await retryUntilTrue(() => processes.killOne(random))) tally.count('recorder killed');
    },
    killBeforeWrite: () => storeFaults.killAtNextWrite('before'),
    killAfterWrite: () => storeFaults.killAtNextWrite('after'),
    freeze: async () => {
      if (await retryUntilTrue(() => processes.freezeOne(random))) tally.count('recorder frozen');
    },
    outage: () => storeFaults.beginOutage(random.integer(1_000, 4_000)),
    silence: () => storeFaults.beginSilence(random.integer(12_000, 16_000)),
    clock: () => {
      stack.skewClock(random.integer(-maxClockSkewMillis, maxClockSkewMillis));
      tally.count('recorder clock skewed');
    },
    restart: async () => {
      // Stopping the stack waits for its batches. Killing the processes first tests a restart that cannot wait.
      if (random.chance(0.5)) processes.killAll();
      await stack.restart();
      tally.count('stack restarted');
    },
  };
}

const timeoutMillis = 20_000;

/** Retries until the attempt succeeds, because after a restart no process is visible before its first call. */
async function retryUntilTrue(attempt: () => boolean): Promise<boolean> {
  const deadline = Date.now() + timeoutMillis;
  while (!attempt()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
