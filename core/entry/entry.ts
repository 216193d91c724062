// Defines the log entry and its smaller list view. The types come from the same schemas as the OpenAPI document.
import type { ListItem, LogEntry } from './entry-schemas.ts';

export type { ListItem, LogEntry } from './entry-schemas.ts';

/** The fields that the entry's item always contains: all except the states, which can be stored outside the item. */
export type EntryHead = Omit<LogEntry, 'before' | 'after'>;

/** The IDs that the producer assigned to an event, redacted. */
export type EventIds = Pick<EntryHead, 'eventId' | 'traceId' | 'requestId'>;

/** Returns only the producer's IDs. */
export function eventIdsOf({ eventId, traceId, requestId }: EventIds): EventIds {
  return { eventId, traceId, requestId };
}

/** An entry is late if it is recorded more than this long after the action occurred. */
export const lateAfterMillis = 15 * 60 * 1000;

/** Returns the list view of an entry. */
export function toListItem(entry: EntryHead): ListItem {
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
