// Turns what came off the queue into an entry, or into the reasons why it is none. Pure: the same event under the
// same policy gives the same answer.
import { outlineChanges } from './change-outline.ts';
import { listFieldChanges } from './changes.ts';
import { findFutureIssue } from './clock-skew.ts';
import { contentOf, hashContent } from './content-hash.ts';
import { type ContractIssue, issueCodes } from './contract-issue.ts';
import { type EventIds, eventIdsOf, type LogEntry, lateAfterMillis } from './entry.ts';
import type { EventEnvelope } from './event.ts';
import { entryIdOf } from './identify.ts';
import { mayProduce, type Producers } from './producers.ts';
import { currentRules, type RedactionRules, redactDetail } from './redaction/redact.ts';
import { expiryOf } from './retention.ts';
import { type RoleMap, roleMapVersion } from './role-map.ts';
import { parseRfc3339 } from './timestamp.ts';
import { checkEnvelope } from './validation.ts';
import { judge } from './verdict.ts';
import { detailTypes } from './vocabulary.ts';

/** What decides about an event besides its content. */
export interface AdmissionPolicy {
  readonly roleMap: RoleMap;
  readonly producers: Producers;
  /** Days an entry is kept after it occurred; absent means for ever. */
  readonly retentionDays?: number | undefined;
  /** @default the rules of this release */
  readonly redactionRules?: RedactionRules;
}

/** Why an event is not admitted; with its ids when it keeps the contract. */
export interface Refusal {
  readonly issues: readonly ContractIssue[];
  readonly eventIds?: EventIds;
}

export type Admission = { readonly entry: LogEntry } | Refusal;

/** Admits one event as EventBridge delivered it. */
export function admit(envelope: unknown, policy: AdmissionPolicy, nowMillis: number): Admission {
  const checked = checkEnvelope(envelope);
  if ('issues' in checked) return checked;
  const event = checked.value;
  const issue = findPolicyIssue(event, policy, nowMillis);
  if (issue === undefined) return { entry: toEntry(event, policy, nowMillis) };
  return { issues: [issue], eventIds: eventIdsOf(redactDetail(event.detail, policy.redactionRules)) };
}

function occurredAtMillis(event: EventEnvelope): number {
  return parseRfc3339(event.detail.occurredAt) ?? 0;
}

function findPolicyIssue(
  event: EventEnvelope,
  { producers }: AdmissionPolicy,
  nowMillis: number,
): ContractIssue | undefined {
  if (!mayProduce(producers, event.account, event.detail.organizationId)) {
    return {
      path: '/detail/organizationId',
      code: issueCodes.producerNotAllowed,
      message: `account ${event.account} may not write for this organisation; the setting producers lists who may`,
    };
  }
  return findFutureIssue(occurredAtMillis(event), nowMillis);
}

function toEntry(event: EventEnvelope, policy: AdmissionPolicy, nowMillis: number): LogEntry {
  const rules = policy.redactionRules ?? currentRules;
  const detail = redactDetail(event.detail, rules);
  const { source, action, kind } = detailTypes[event['detail-type']];
  const { actor, authorization, before, after } = detail;
  const occurredAt = occurredAtMillis(event);
  const contracted = {
    timestamp: new Date(occurredAt).toISOString(),
    organizationId: detail.organizationId,
    user: {
      id: actor.userId,
      name: actor.name,
      email: actor.email,
      type: actor.type,
      sourceIp: actor.sourceIp,
      userAgent: actor.userAgent,
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
    eventId: detail.eventId,
    source,
  };
  return {
    ...contracted,
    id: entryIdOf({ ...contracted, occurredAtMillis: occurredAt }),
    recordedAt: new Date(nowMillis).toISOString(),
    late: nowMillis - occurredAt > lateAfterMillis,
    ...judge(policy.roleMap, { kind, action, role: actor.role, ...authorization }),
    roleMapVersion: roleMapVersion(policy.roleMap),
    ...outlineChanges(listFieldChanges(before, after)),
    producer: { account: event.account, envelopeId: event.id, time: event.time },
    contentHash: hashContent(contentOf(contracted)),
    redactionVersion: rules.version,
    expiresAt: expiryOf(occurredAt, policy.retentionDays),
  };
}
