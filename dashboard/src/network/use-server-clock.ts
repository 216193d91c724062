// The page's server clock.
import { useSyncExternalStore } from 'react';
import { ServerClock } from '../../../client/server-clock.ts';

export const serverClock = new ServerClock();

const subscribe = (listener: () => void) => serverClock.subscribe(listener);

/** Returns how far the computer's clock is ahead of the server's, in milliseconds. */
export function useClockDifference(): number {
  return useSyncExternalStore(subscribe, () => serverClock.aheadMillis);
}
