// Computes the content hash of an entry from its contract fields. The recording time, the verdict and the envelope are
// not part of the content, so a resend or a replay has the same hash even after a change of roles or a deployment.
import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type EventDetail, specVersion } from '../contract/event.ts';
import type { Action, EventSource } from '../contract/vocabulary.ts';
import { omitUndefined } from '../values/json.ts';
import type { LogEntry } from './entry.ts';

/** The redacted contract fields of an entry, with the time in UTC. */
export interface Content {
  readonly source: EventSource;
  readonly action: Action;
  readonly detail: EventDetail;
}

/** The fields of an entry that its content consists of. */
export type ContractFields = Pick<
  LogEntry,
  | 'eventId'
  | 'source'
  | 'timestamp'
  | 'organizationId'
  | 'user'
  | 'role'
  | 'permission'
  | 'decision'
  | 'accountId'
  | 'region'
  | 'environment'
  | 'action'
  | 'target'
  | 'before'
  | 'after'
  | 'requestId'
  | 'traceId'
  | 'reason'
  | 'workRef'
  | 'awsRequestIds'
>;

/** Returns the content that an entry was built from. */
export function contentOf(entry: ContractFields): Content {
  const { id: userId, name, email, type, sourceIp, userAgent, onBehalfOf } = entry.user;
  return {
    source: entry.source,
    action: entry.action,
    detail: omitUndefined<EventDetail>({
      specVersion,
      eventId: entry.eventId,
      occurredAt: entry.timestamp,
      organizationId: entry.organizationId,
      actor: omitUndefined({
        userId,
        name,
        email,
        type,
        role: entry.role,
        sourceIp,
        userAgent,
        onBehalfOf: onBehalfOf && omitUndefined({ userId: onBehalfOf.id, name: onBehalfOf.name }),
      }),
      authorization: { permission: entry.permission, decision: entry.decision },
      accountId: entry.accountId,
      region: entry.region,
      environment: entry.environment,
      target: omitUndefined(entry.target),
      before: entry.before,
      after: entry.after,
      requestId: entry.requestId,
      traceId: entry.traceId,
      reason: entry.reason,
      workRef: entry.workRef,
      awsRequestIds: entry.awsRequestIds && [...entry.awsRequestIds],
    }),
  };
}

/** Returns the SHA-256 of the content's canonical JSON (RFC 8785), as 64 hex digits. */
export function hashContent(content: Content): string {
  return hash('sha256', canonicalize(content) ?? '', 'hex');
}
