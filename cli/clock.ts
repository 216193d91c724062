// Sets the clock for relative times by the API's clock, because this machine's can be wrong: an entry of the last minutes
// would silently not be found.
import type { ServerClock } from '../client/server-clock.ts';
import type { Output } from '../terminal/output.ts';

/** A smaller difference changes no answer that a relative time is used for. */
const toleratedMillis = 60_000;

/**
 * Asks the API for its time, with a request that needs no token, and warns if this machine's clock differs by more than a
 * minute, or if the API does not return its time. Throws if the API cannot be reached.
 */
export async function setClock(
  clock: ServerClock,
  url: URL,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<void> {
  const response = await fetch(`${url.href.replace(/\/$/, '')}/openapi.json`, { method: 'GET', signal });
  clock.readResponse(response);
  await response.body?.cancel();
  const warning = clock.isKnown
    ? describeDifference(clock.aheadMillis)
    : "The API did not return its time, so relative times use this machine's clock.";
  if (warning !== undefined) output.say(warning);
}

/** Returns the warning about a wrong clock, or `undefined` if there is nothing to warn about. */
export function describeDifference(aheadMillis: number): string | undefined {
  const seconds = Math.round(Math.abs(aheadMillis) / 1000);
  if (seconds * 1000 <= toleratedMillis) return undefined;
  const amount = seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
  const direction = aheadMillis > 0 ? 'ahead of' : 'behind';
  return `This machine's clock is ${amount} ${direction} the API's. Relative times use the API's clock.`;
}
