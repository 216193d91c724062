// Computes when entries expire. The retention period of an entry is fixed when it is recorded and stored in the entry.

import { type Issue, issueCodes } from '../values/issue.ts';
import { dayMillis } from '../values/timestamp.ts';
import { timeOf } from './entry-id.ts';

/**
 * Returns the time when an entry expires, in epoch seconds: `retentionDays` after the action occurred. Returns
 * `undefined` without `retentionDays`, because the entry is then kept forever.
 */
export function expiryOf(occurredAtMillis: number, retentionDays: number | undefined): number | undefined {
  return retentionDays === undefined
    ? undefined
    : Math.ceil((occurredAtMillis + retentionDays * dayMillis) / 1000);
}

/** Returns the days that the entry is kept after the action, or `undefined` if it is kept forever. */
export function retentionDaysOf(entry: {
  readonly id: string;
  readonly expiresAt?: number | undefined;
}): number | undefined {
  return entry.expiresAt === undefined
    ? undefined
    : Math.floor((entry.expiresAt * 1000 - timeOf(entry.id)) / dayMillis);
}

/** Returns an issue if the event is older than the retention period, because its entry would already be expired. */
export function findExpiredIssue(
  occurredAtMillis: number,
  retentionDays: number | undefined,
  nowMillis: number,
): Issue | undefined {
  const expiry = expiryOf(occurredAtMillis, retentionDays);
  if (expiry === undefined || expiry * 1000 > nowMillis) return undefined;
  return {
    path: '/detail/occurredAt',
    code: issueCodes.retentionEnded,
    message: `must be at most ${retentionDays} days (retentionDays) before the time it is recorded`,
  };
}
