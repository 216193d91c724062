// An entry in one sentence, and the words around its states.
import type { Entry } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { formatDuration } from '../time/format-time.ts';

type Told = Pick<Entry, 'action' | 'user' | 'target' | 'decision'>;

const done = { CREATE: 'created', UPDATE: 'updated', DELETE: 'deleted' } as const;
const tried = { CREATE: 'create', UPDATE: 'update', DELETE: 'delete' } as const;

/** Such as `Ben Okafor updated orders-d`; what was refused was only tried. */
export function describeEntry({ action, user, target, decision }: Told): string {
  const verb = decision === 'DENIED' ? `tried to ${tried[action]}` : done[action];
  return escapeUnsafe(`${user.name ?? user.id} ${verb} ${target.name}`);
}

/** What stands over the differences. */
export function titleChanges({
  action,
  decision,
  changeCount,
  target,
}: Pick<Entry, 'action' | 'decision' | 'changeCount' | 'target'>): string {
  const isRefused = decision === 'DENIED';
  if (action !== 'UPDATE') {
    const name = escapeUnsafe(target.name);
    if (isRefused) return `Denied: ${name} was not ${done[action]}`;
    return action === 'CREATE' ? `The new state of ${name}` : `The last state of ${name}`;
  }
  if (changeCount === 0) return 'Nothing changed';
  const count = changeCount === 1 ? '1 change' : `${changeCount.toLocaleString('en')} changes`;
  return isRefused ? `Denied: ${count} not made` : count;
}

/** How long after it occurred the entry was recorded. */
export function describeDelay({ timestamp, recordedAt }: Pick<Entry, 'timestamp' | 'recordedAt'>): string {
  const millis = Date.parse(recordedAt) - Date.parse(timestamp);
  if (millis < 0) return 'recorded before: the clock of the service was ahead';
  return `recorded ${millis < 60_000 ? `${(millis / 1000).toFixed(1)} s` : formatDuration(millis)} later`;
}
