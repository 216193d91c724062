// Settles the stack after the storm: waits until the queue is empty and requeues failed dead letters, until
// nothing is left to do.
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { findQueue, type StackQueues } from './stack-queues.ts';

/** Timeout for the queue: all deliveries of a message, each after its visibility timeout, and the processing. */
const timeoutMillis = 600_000;
const pollMillis = 500;

export interface Settlement {
  /** Dead letters that were requeued. */
  readonly redriven: number;
  /** Whether the queue was drained in time. */
  readonly isDrained: boolean;
}

export async function settle(stack: LocalStack, queues: StackQueues): Promise<Settlement> {
  const [ingest, deadLetters] = [findQueue(stack, 'Ingest').url, findQueue(stack, 'DeadLetters').url];
  for (let redriven = 0; ; ) {
    if (!(await waitForDepth(queues, ingest, 0))) return { redriven, isDrained: false };
    const moved = await queues.redrive(deadLetters, ingest);
    if (moved === 0) return { redriven, isDrained: true };
    redriven += moved;
  }
}

/** Waits until the queue has at most this many messages. Returns false when it makes no progress for too long. */
export async function waitForDepth(queues: StackQueues, url: string, most: number): Promise<boolean> {
  let least = Number.POSITIVE_INFINITY;
  let progressedAt = Date.now();
  for (;;) {
    const depth = await queues.depth(url);
    if (depth <= most) return true;
    if (depth < least) [least, progressedAt] = [depth, Date.now()];
    if (Date.now() - progressedAt > timeoutMillis) return false;
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
  }
}
