// The queues that the recorder sends to. Their client is loaded when the first message needs it, because most
// execution environments never reject an event.
import type { SideQueue } from '../../core/storage/ports.ts';

/** Returns the queue with this URL. */
export function createSideQueue(queueUrl: string): SideQueue {
  let loaded: Promise<SideQueue> | undefined;
  const load = () => {
    loaded ??= import('./sqs.ts').then(({ connectSideQueue }) => connectSideQueue(queueUrl));
    return loaded;
  };
  return { send: async (body, attributes) => (await load()).send(body, attributes) };
}
