// The queues beside the recorder's path. Their client is read when the first message needs it: most execution
// environments never refuse an event.
import type { SideQueue } from '../../core/storage/ports.ts';

/** The queue with this URL. */
export function createSideQueue(queueUrl: string): SideQueue {
  let loaded: Promise<SideQueue> | undefined;
  const load = () => {
    loaded ??= import('./sqs.ts').then(({ connectSideQueue }) => connectSideQueue(queueUrl));
    return loaded;
  };
  return { send: async (body, attributes) => (await load()).send(body, attributes) };
}
