// Defines the content of an entry: its redacted contract fields. The recording time, the verdict and the envelope are
// not part of the content, so a resend or a replay has the same content even after a change of roles or a deployment.
// Also runs in browsers.
import type { EventDetail } from '../contract/event.ts';
import { type Action, type EventSource, specVersion } from '../contract/vocabulary.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import { isExactNumber, isPlainNumber } from '../values/exact-number.ts';
import { isJsonObject, omitUndefined } from '../values/json.ts';
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

/**
 * Returns the content's canonical JSON (RFC 8785), which the content hash covers. RFC 8785 knows doubles only: an exact
 * number is hashed as the object that it is, except for `-0` and fractions with more digits than a double has. They are
 * hashed as the nearest double, as before exact numbers existed, so that a resend has the hash of its entry.
 */
export function canonicalContent(content: Content): string {
  const json = canonicalJson(content);
  const isExact = !json.includes('{"$number":"');
  return isExact ? json : canonicalJson(toHashed(content));
}

function toHashed(value: unknown): unknown {
  if (isExactNumber(value)) {
    const nearest = Number(value.$number);
    return isPlainNumber(nearest) ? nearest : value;
  }
  if (Array.isArray(value)) return value.map(toHashed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toHashed(member)]));
}
