// The log entry: what is kept of one action, and the smaller view of it that lists show.
// Their types come from the schemas that the API document is made of.
import type { ListItem, LogEntry } from './entry-schemas.ts';

export type { ListItem, LogEntry } from './entry-schemas.ts';

/** What an item always tells of its entry: all but the states, which may lie outside it. */
export type EntryHead = Omit<LogEntry, 'before' | 'after'>;

/** The producer's ids of an event, as an entry keeps them: redacted. */
export type EventIds = Pick<EntryHead, 'eventId' | 'traceId' | 'requestId'>;

export function eventIdsOf({ eventId, traceId, requestId }: EventIds): EventIds {
  return { eventId, traceId, requestId };
}

/** An entry counts as late when it is recorded this long after it occurred. */
export const lateAfterMillis = 15 * 60 * 1000;

/** The list view of an entry. */
export function toListItem(entry: LogEntry): ListItem {
  const { id, timestamp, recordedAt, late, organizationId, role, permission, decision, verdict } = entry;
  const { accountId, region, environment, action, target, changedPaths, changeCount, highlights, expiresAt } =
    entry;
  const user = { id: entry.user.id, name: entry.user.name, type: entry.user.type };
  return {
    id,
    timestamp,
    recordedAt,
    late,
    organizationId,
    user,
    role,
    permission,
    decision,
    verdict,
    accountId,
    region,
    environment,
    action,
    target,
    changedPaths,
    changeCount,
    highlights,
    expiresAt,
  };
}
