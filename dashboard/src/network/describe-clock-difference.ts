// Warns that the clock of the user's computer is wrong.
import { formatDuration } from '../time/format-time.ts';

/** Smaller differences do not mislead a reader. */
const notableMillis = 60_000;

/** Returns a warning, or `undefined` if the computer's clock is close enough to the server's. */
export function describeClockDifference(aheadMillis: number): string | undefined {
  const size = Math.abs(aheadMillis);
  if (size < notableMillis) return undefined;
  const direction = aheadMillis > 0 ? 'ahead of' : 'behind';
  return `Your computer's clock is ${formatDuration(size)} ${direction} the server's. Ranges such as "Last 15 minutes" use the server's clock.`;
}
