// After the storm: waits until the queue is worked off, puts back what failed in all deliveries, until nothing is left to do.
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { findQueue, type QueuesOutside } from './queues-outside.ts';

/** How long the queue may take: all deliveries of a message, each after its visibility timeout, and the work. */
const patienceMillis = 600_000;
const pollMillis = 500;

export interface Settlement {
  /** Dead letters put back. */
  readonly redriven: number;
  /** Whether everything was worked off in time. */
  readonly isDrained: boolean;
}

export async function settle(stack: LocalStack, queues: QueuesOutside): Promise<Settlement> {
  const [ingest, deadLetters] = [findQueue(stack, 'Ingest').url, findQueue(stack, 'DeadLetters').url];
  for (let redriven = 0; ; ) {
    if (!(await waitForDepth(queues, ingest, 0))) return { redriven, isDrained: false };
    const moved = await queues.redrive(deadLetters, ingest);
    if (moved === 0) return { redriven, isDrained: true };
    redriven += moved;
  }
}

/** Whether the queue came down to so many messages, before it had not come nearer for too long. */
export async function waitForDepth(queues: QueuesOutside, url: string, most: number): Promise<boolean> {
  let least = Number.POSITIVE_INFINITY;
  let progressedAt = Date.now();
  for (;;) {
    const depth = await queues.depth(url);
    if (depth <= most) return true;
    if (depth < least) [least, progressedAt] = [depth, Date.now()];
    if (Date.now() - progressedAt > patienceMillis) return false;
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
  }
}
