// Describes an entry in one sentence, and titles its states.
import type { Entry } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { formatDuration } from '../time/format-time.ts';

type EntrySummary = Pick<Entry, 'action' | 'user' | 'target' | 'decision'>;

const done = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted' } as const;
const tried = { CREATE: 'create', UPDATE: 'update', DELETE: 'delete' } as const;

/** For example `Ben Okafor updated orders-d`, or `Ben Okafor tried to update orders-d` if it was denied. */
export function describeEntry({ action, user, target, decision }: EntrySummary): string {
  const verb = decision === 'DENIED' ? `tried to ${tried[action]}` : done[action];
  return escapeUnsafe(`${user.name ?? user.id} ${verb} ${target.name}`);
}

/** The heading above the changes. */
export function titleChanges({
  action,
  decision,
  changeCount,
  target,
}: Pick<Entry, 'action' | 'decision' | 'changeCount' | 'target'>): string {
  const isDenied = decision === 'DENIED';
  if (action !== 'UPDATE') {
    const name = escapeUnsafe(target.name);
    if (isDenied) return `Denied: ${name} was not ${done[action]}`;
    return action === 'CREATE' ? `State of ${name} after creation` : `State of ${name} before deletion`;
  }
  if (changeCount === 0) return 'No changes';
  const count = changeCount === 1 ? '1 change' : `${changeCount.toLocaleString('en')} changes`;
  return isDenied ? `Denied: ${count} not made` : count;
}

/** The titles of the full states of an update. If it was denied, the requested state never existed. */
export function titleStates({ decision }: Pick<Entry, 'decision'>): {
  readonly before: string;
  readonly after: string;
} {
  return decision === 'DENIED'
    ? { before: 'Unchanged state', after: 'Requested state' }
    : { before: 'State before', after: 'State after' };
}

/** How long after the event the entry was recorded. */
export function describeDelay({ timestamp, recordedAt }: Pick<Entry, 'timestamp' | 'recordedAt'>): string {
  const millis = Date.parse(recordedAt) - Date.parse(timestamp);
  if (millis < 0) return 'Recorded before this time, because the service clock was ahead';
  return `Recorded ${millis < 60_000 ? `${(millis / 1000).toFixed(1)} s` : formatDuration(millis)} later`;
}
