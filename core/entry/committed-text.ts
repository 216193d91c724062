// The text of an entry that the sealed log commits to. Its format is fixed by its version: a stored entry must give the
// same text in every release, or its proof no longer verifies. Also runs in browsers.
import { canonicalJson } from '../values/canonical-json.ts';
import type { EntryHead, LogEntry } from './entry.ts';

/** The version of the text. A change of the fields or their order needs a new one, and this one stays readable. */
export const committedTextVersion = 1;

/** The states of an entry, or the object outside the item that holds them. */
export type CommittedStates =
  | Pick<LogEntry, 'before' | 'after'>
  | {
      /** The hash covers the stored object. The states themselves are covered by `contentHash`. */
      readonly statesObject: { readonly sha256: string; readonly bytes: number };
    };

/** What the sealed log commits to for one item of the entries table. */
export interface Sealable {
  readonly kind: 'entry' | 'dispute';
  readonly organizationId: string;
  /** The ID of an entry, by which the log is read in order. Absent for disputes. */
  readonly entryId?: string | undefined;
  readonly recordedAtMillis: number;
  /** 16 random bytes. Empty for items of releases that stored none. */
  readonly nonce: Uint8Array;
  readonly text: string;
  /** When the item expires, in epoch seconds. Absent if it is kept forever. */
  readonly expiresAt?: number | undefined;
}

/** Returns the text of an entry: canonical JSON (RFC 8785) of all stored fields except the expiry, which the leaf has. */
export function toCommittedText(head: EntryHead, states: CommittedStates): string {
  return canonicalText({ kind: 'entry', entry: committedFields(head, states) });
}

/** Returns the text of a dispute: the disputing event, the disputed entry, and the dispute's number. */
export function toCommittedDispute(
  dispute: { readonly entryId: string; readonly slot: number },
  event: EntryHead,
  states: CommittedStates,
): string {
  return canonicalText({ kind: 'dispute', ...dispute, event: committedFields(event, states) });
}

/** Returns the text of evidence: an item that was modified, removed, or not written by the recorder. */
export function toCommittedEvidence(evidence: {
  readonly kind: 'modification' | 'removal' | 'foreign';
  readonly key: string;
  readonly oldItem: unknown;
  readonly newItem: unknown;
  /** Of the stream's record, so that two equal changes are two pieces of evidence. */
  readonly sequenceNumber: string | undefined;
}): string {
  return canonicalText(evidence);
}

function canonicalText(content: object): string {
  return canonicalJson({ version: committedTextVersion, ...content });
}

/** The fields of version 1, by name, so that a later field of the entry changes no text. */
function committedFields(head: EntryHead, states: CommittedStates): object {
  const { user, target, producer } = head;
  return {
    id: head.id,
    timestamp: head.timestamp,
    recordedAt: head.recordedAt,
    late: head.late,
    organizationId: head.organizationId,
    user: {
      id: user.id,
      name: user.name,
      type: user.type,
      email: user.email,
      sourceIp: user.sourceIp,
      userAgent: user.userAgent,
      onBehalfOf: user.onBehalfOf && { id: user.onBehalfOf.id, name: user.onBehalfOf.name },
    },
    role: head.role,
    permission: head.permission,
    decision: head.decision,
    verdict: head.verdict,
    grant: head.grant,
    roleKnown: head.roleKnown,
    roleMapVersion: head.roleMapVersion,
    accountId: head.accountId,
    region: head.region,
    environment: head.environment,
    action: head.action,
    target: {
      kind: target.kind,
      type: target.type,
      id: target.id,
      name: target.name,
      serviceName: target.serviceName,
    },
    changedPaths: head.changedPaths,
    changeCount: head.changeCount,
    highlights: head.highlights,
    requestId: head.requestId,
    traceId: head.traceId,
    reason: head.reason,
    workRef: head.workRef,
    awsRequestIds: head.awsRequestIds,
    eventId: head.eventId,
    source: head.source,
    producer: {
      account: producer.account,
      envelopeId: producer.envelopeId,
      time: producer.time,
      redrivenBy: producer.redrivenBy,
      editedBy: producer.editedBy,
    },
    contentHash: head.contentHash,
    redactionVersion: head.redactionVersion,
    secretsDeclared: head.secretsDeclared,
    ...statesOf(states),
  };
}

/** The states' own fields, so that a caller's additional ones are left out. */
function statesOf(states: CommittedStates): object {
  if ('statesObject' in states) {
    const { sha256, bytes } = states.statesObject;
    return { statesObject: { sha256, bytes } };
  }
  return { before: states.before, after: states.after };
}
