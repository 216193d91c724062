// Limits how far in the future an event's `occurredAt` can be.
import { type Issue, issueCodes } from '../values/issue.ts';

/** How far a producer's clock can be ahead of the recorder's. Events further in the future are rejected. */
const maxClockSkewMinutes = 15;

/** The same limit, in milliseconds. */
export const maxClockSkewMillis = maxClockSkewMinutes * 60_000;

/** Returns an issue if the event is too far in the future. */
export function findFutureIssue(occurredAtMillis: number, nowMillis: number): Issue | undefined {
  if (occurredAtMillis <= nowMillis + maxClockSkewMillis) return undefined;
  return {
    path: '/detail/occurredAt',
    code: issueCodes.inTheFuture,
    message: `must be at most ${maxClockSkewMinutes} minutes ahead of the time it is recorded`,
  };
}
