// How long an entry is kept: settled when it is recorded, and told by the entry itself from then on.

import { type Issue, issueCodes } from '../values/issue.ts';
import { dayMillis } from '../values/timestamp.ts';
import { timeOf } from './entry-id.ts';

/** When an entry expires, epoch seconds, that is kept for `retentionDays` after it occurred; absent means for ever. */
export function expiryOf(occurredAtMillis: number, retentionDays: number | undefined): number | undefined {
  return retentionDays === undefined
    ? undefined
    : Math.ceil((occurredAtMillis + retentionDays * dayMillis) / 1000);
}

/** The days that the entry is kept after it occurred; `undefined` means for ever. */
export function retentionDaysOf(entry: {
  readonly id: string;
  readonly expiresAt?: number | undefined;
}): number | undefined {
  return entry.expiresAt === undefined
    ? undefined
    : Math.floor((entry.expiresAt * 1000 - timeOf(entry.id)) / dayMillis);
}

/** What is wrong with an event that occurred before the retention begins: its entry would be expired from the start. */
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
    message: `must be at most ${retentionDays} days before the time it is recorded: entries are kept no longer (retentionDays)`,
  };
}
