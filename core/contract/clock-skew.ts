// How far ahead of the recorder's clock an event may say that it occurred.
import { type Issue, issueCodes } from '../values/issue.ts';

/** A producer's clock may be ahead by this much; what lies further in the future is rejected. */
const maxClockSkewMinutes = 15;

/** What is wrong with an event that lies too far in the future. */
export function findFutureIssue(occurredAtMillis: number, nowMillis: number): Issue | undefined {
  if (occurredAtMillis <= nowMillis + maxClockSkewMinutes * 60_000) return undefined;
  return {
    path: '/detail/occurredAt',
    code: issueCodes.inTheFuture,
    message: `must be at most ${maxClockSkewMinutes} minutes ahead of the time it is recorded`,
  };
}
