// Converts an event from the queue into an entry, or into the reasons for its rejection. Pure: the same event, policy
// and time give the same result.
import { isDeepStrictEqual } from 'node:util';
import { canProduce, type Producers } from '../access/producers.ts';
import { hasRole, type RoleMap, roleMapVersion } from '../access/role-map.ts';
import { deriveVerdict } from '../access/verdict.ts';
import { outlineChanges } from '../changes/change-outline.ts';
import { compareStates } from '../changes/state-comparison.ts';
import { findFutureIssue } from '../contract/clock-skew.ts';
import type { EventDetail, EventEnvelope } from '../contract/event.ts';
import { redactDetail } from '../contract/redact-detail.ts';
import { checkEnvelope } from '../contract/validation.ts';
import { detailTypes } from '../contract/vocabulary.ts';
import { contentOf } from '../entry/content.ts';
import { hashContent } from '../entry/content-hash.ts';
import { deriveEntryId } from '../entry/derive-entry-id.ts';
import { type EventIds, eventIdsOf, type LogEntry, lateAfterMillis } from '../entry/entry.ts';
import { expiryOf, findExpiredIssue } from '../entry/retention.ts';
import { currentRules, type RedactionRules } from '../redaction/engine/redact.ts';
import { type Issue, issueCodes } from '../values/issue.ts';
import { parseRfc3339 } from '../values/timestamp.ts';
import type { Redrive } from './redrive.ts';

/** The settings that, together with an event's content, determine how it is recorded. */
export interface RecordingPolicy {
  readonly roleMap: RoleMap;
  readonly producers: Producers;
  /** The number of days that an entry is kept after it occurred; absent means forever. */
  readonly retentionDays?: number | undefined;
  /** @default the rules in this release */
  readonly redactionRules?: RedactionRules;
}

/** Why an event is rejected, with its IDs if it conforms to the contract. */
export interface RejectionReasons {
  readonly issues: readonly Issue[];
  readonly eventIds?: EventIds;
}

/** An entry, and whether the event claimed to be redacted although redaction still found a secret in it. */
export interface ValidatedEntry {
  readonly entry: LogEntry;
  readonly hasFalseRedactionClaim: boolean;
}

/** The entry of a valid event, or the reasons for its rejection. */
export type BuildResult = ValidatedEntry | RejectionReasons;

/** Builds an entry from an event as EventBridge delivered it, or as a redrive sent it again. */
export function buildEntry(
  envelope: unknown,
  policy: RecordingPolicy,
  nowMillis: number,
  redrive?: Redrive,
): BuildResult {
  const checked = checkEnvelope(envelope);
  if ('issues' in checked) return checked;
  const event = checked.value;
  const occurredAtMillis = parseRfc3339(event.detail.occurredAt) ?? 0;
  const issue = findPolicyIssue(event, occurredAtMillis, policy, nowMillis);
  if (issue === undefined) {
    const detail = redactDetail(event.detail, policy.redactionRules);
    return {
      entry: toEntry({ event, detail, occurredAtMillis }, policy, nowMillis, redrive),
      hasFalseRedactionClaim: event.detail.redaction !== undefined && !isSameContent(event.detail, detail),
    };
  }
  return { issues: [issue], eventIds: eventIdsOf(redactDetail(event.detail, policy.redactionRules)) };
}

function findPolicyIssue(
  event: EventEnvelope,
  occurredAtMillis: number,
  { producers, retentionDays }: RecordingPolicy,
  nowMillis: number,
): Issue | undefined {
  if (!canProduce(producers, event.account, event.detail.organizationId)) {
    return {
      path: '/detail/organizationId',
      code: issueCodes.producerNotAllowed,
      message: `account ${event.account} is not allowed to write for this organization; the setting producers lists the accounts that are`,
    };
  }
  return (
    findFutureIssue(occurredAtMillis, nowMillis) ??
    findExpiredIssue(occurredAtMillis, retentionDays, nowMillis)
  );
}

/** Whether redaction changed nothing except the `redaction` field and `secretPaths`. */
function isSameContent(sent: EventDetail, redacted: EventDetail): boolean {
  if (sent === redacted) return true;
  const contentOnly = ({ redaction: _, secretPaths: __, ...content }: EventDetail) => content;
  return isDeepStrictEqual(contentOnly(sent), contentOnly(redacted));
}

/** An event that conforms to the contract and the policy, with its redacted detail. */
interface AcceptedEvent {
  readonly event: EventEnvelope;
  readonly detail: EventDetail;
  readonly occurredAtMillis: number;
}

function toEntry(
  { event, detail, occurredAtMillis }: AcceptedEvent,
  policy: RecordingPolicy,
  nowMillis: number,
  redrive: Redrive | undefined,
): LogEntry {
  const rules = policy.redactionRules ?? currentRules;
  const { source, action, kind } = detailTypes[event['detail-type']];
  const { actor, authorization, before, after } = detail;
  const contracted = {
    timestamp: new Date(occurredAtMillis).toISOString(),
    organizationId: detail.organizationId,
    user: {
      id: actor.userId,
      name: actor.name,
      email: actor.email,
      type: actor.type,
      sourceIp: actor.sourceIp,
      userAgent: actor.userAgent,
      onBehalfOf: actor.onBehalfOf && { id: actor.onBehalfOf.userId, name: actor.onBehalfOf.name },
    },
    role: actor.role,
    permission: authorization.permission,
    decision: authorization.decision,
    accountId: detail.accountId,
    region: detail.region,
    environment: detail.environment,
    action,
    target: detail.target,
    before,
    after,
    requestId: detail.requestId,
    traceId: detail.traceId,
    reason: detail.reason,
    workRef: detail.workRef,
    awsRequestIds: detail.awsRequestIds,
    eventId: detail.eventId,
    source,
  };
  return {
    ...contracted,
    id: deriveEntryId({ ...contracted, occurredAtMillis }),
    recordedAt: new Date(nowMillis).toISOString(),
    late: nowMillis - occurredAtMillis > lateAfterMillis,
    ...deriveVerdict(policy.roleMap, { kind, action, role: actor.role, ...authorization }),
    roleKnown: hasRole(policy.roleMap, actor.role),
    roleMapVersion: roleMapVersion(policy.roleMap),
    ...outlineChanges(compareStates(before, after)),
    producer: { account: event.account, envelopeId: event.id, time: event.time, ...redrive },
    contentHash: hashContent(contentOf(contracted)),
    redactionVersion: rules.version,
    secretsDeclared: detail.redaction?.declared,
    expiresAt: expiryOf(occurredAtMillis, policy.retentionDays),
  };
}
