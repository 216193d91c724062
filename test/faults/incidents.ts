// What the schedule's incidents do to the stack. When each comes follows from the seed; whom it hits is what runs then.
import type { RecorderProcesses } from './recorder-processes.ts';
import type { Incident } from './schedule.ts';
import { randomFor } from './seeded.ts';
import type { StoreFaults } from './store-faults.ts';
import type { StormStack } from './storm-stack.ts';
import type { Tally } from './tally.ts';

/** The recorder's clock is off by so much at most. */
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
      if (await isSoonTrue(() => processes.killOne(random))) tally.count('recorder killed');
    },
    killBeforeWrite: () => storeFaults.killAtNextWrite('before'),
    killAfterWrite: () => storeFaults.killAtNextWrite('after'),
    freeze: async () => {
      if (await isSoonTrue(() => processes.freezeOne(random))) tally.count('recorder frozen');
    },
    outage: () => storeFaults.beginOutage(random.integer(1_000, 4_000)),
    silence: () => storeFaults.beginSilence(random.integer(12_000, 16_000)),
    clock: () => {
      stack.skewClock(random.integer(-maxClockSkewMillis, maxClockSkewMillis));
      tally.count('recorder clock skewed');
    },
    restart: async () => {
      // A stack that is stopped waits for its batches; one whose processes are gone cannot.
      if (random.chance(0.5)) processes.killAll();
      await stack.restart();
      tally.count('stack restarted');
    },
  };
}

const patienceMillis = 20_000;

/** Tries until it succeeds: no process is known after a restart, before its first call. */
async function isSoonTrue(attempt: () => boolean): Promise<boolean> {
  const deadline = Date.now() + patienceMillis;
  while (!attempt()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
