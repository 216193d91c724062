// The log entry: what is kept of one action, and the smaller view of it that lists show.
import type { Action, Actor, EventSource, State, Target } from './event.ts';
import type { Verdict } from './verdict.ts';

/** An entry as lists show it. Times are UTC, RFC 3339 with milliseconds. */
export interface ListItem {
  readonly id: string;
  /** When the action occurred. */
  readonly timestamp: string;
  readonly recordedAt: string;
  /** Recorded more than 15 minutes after it occurred. */
  readonly late: boolean;
  readonly organizationId: string;
  readonly user: { readonly id: string; readonly name?: string | undefined; readonly type: Actor['type'] };
  readonly role: string;
  /** The permission that the service says it checked. */
  readonly permission: string;
  readonly decision: 'ALLOWED' | 'DENIED';
  readonly verdict: Verdict;
  readonly accountId: string;
  readonly region: string;
  readonly environment?: string | undefined;
  readonly action: Action;
  readonly target: Target;
  /** JSON Pointers of the first changes, at most 10 and 240 bytes in all; `changeCount` counts them all. */
  readonly changedPaths: readonly string[];
  readonly changeCount: number;
  /** Epoch seconds after which the entry is no longer shown. */
  readonly expiresAt?: number | undefined;
}

/** Everything that is kept of an entry. What differs between the states is derived on reading. */
export interface LogEntry extends Omit<ListItem, 'user'> {
  readonly user: ListItem['user'] & {
    readonly email?: string | undefined;
    readonly sourceIp?: string | undefined;
    readonly userAgent?: string | undefined;
  };
  /** The grant that covers the needed permission, under the role map of this version. */
  readonly grant?: string | undefined;
  readonly roleMapVersion: string;
  readonly before?: State | undefined;
  readonly after?: State | undefined;
  readonly requestId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly reason?: string | undefined;
  readonly eventId: string;
  readonly source: EventSource;
  /** Who put the event on the bus, as EventBridge says. */
  readonly producer: { readonly account: string; readonly envelopeId: string; readonly time: string };
  /** SHA-256 of the redacted contract fields (RFC 8785), hex. */
  readonly contentHash: string;
  readonly redactionVersion: number;
}

/** An entry counts as late when it is recorded this long after it occurred. */
export const lateAfterMillis = 15 * 60 * 1000;

/** The list view of an entry. */
export function toListItem(entry: LogEntry): ListItem {
  const { id, timestamp, recordedAt, late, organizationId, role, permission, decision, verdict } = entry;
  const { accountId, region, environment, action, target, changedPaths, changeCount, expiresAt } = entry;
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
    expiresAt,
  };
}
