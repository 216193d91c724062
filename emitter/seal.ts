// Fixes everything about an event that a resend must not change: id, time, redaction. Sends nothing.
import { randomUUID } from 'node:crypto';
import { specVersion } from '../core/contract/event.ts';
import { eventIdSchema } from '../core/contract/identifiers.ts';
import { redactDetail } from '../core/contract/redact-detail.ts';
import { checkDetail, presentablePath } from '../core/contract/validation.ts';
import { type DetailType, detailTypes } from '../core/contract/vocabulary.ts';
import { containsSecret, redactionVersion } from '../core/redaction/engine/redact.ts';
import { type Issue, issueCodes } from '../core/values/issue.ts';
import { isJsonObject } from '../core/values/json.ts';
import type { SealedEvent, ServiceEvent } from './event-types.ts';
import { toPlainJson } from './plain-json.ts';

/** The event breaks the contract; `issues` says where and what is allowed. Sealing it again fails again. */
export class InvalidEventError extends Error {
  readonly code = 'INVALID_EVENT';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(`event breaks the contract: ${describeIssues(issues)}`);
    this.name = 'InvalidEventError';
    this.issues = issues;
  }
}

/** All issues on one line. */
export function describeIssues(issues: readonly Issue[]): string {
  return issues.map(({ path, code, message }) => `${path || '/'} ${code} ${message}`).join('; ');
}

/**
 * Checks and redacts the event and fixes its id and time, without sending it. Store the result in an outbox, in
 * the transaction of the action itself, and send it afterwards as often as needed: it stays one log entry.
 * Sealing a sealed event changes nothing.
 *
 * @throws InvalidEventError when the event breaks the contract
 */
export function seal(event: ServiceEvent | SealedEvent): SealedEvent {
  const result = trySeal(event);
  if ('issues' in result) throw new InvalidEventError(result.issues);
  return result.sealed;
}

export type Sealing =
  | { readonly sealed: SealedEvent }
  | { readonly issues: readonly Issue[]; readonly eventId: string | undefined };

/** As `seal`, giving issues instead of throwing. What is no event at all is an issue too. */
export function trySeal(event: unknown): Sealing {
  return fix(event, (detail) => ({
    specVersion,
    eventId: randomUUID(),
    occurredAt: new Date().toISOString(),
    ...detail,
  }));
}

/** Checks what claims to be sealed; nothing is made up, since a new id would make a second entry of a resend. */
export function checkSealed(event: unknown): Sealing {
  return fix(event, (detail) => detail);
}

function fix(event: unknown, complete: (detail: object) => object): Sealing {
  if (!isJsonObject(event)) {
    return refuse([{ path: '', code: issueCodes.invalidValue, message: 'must be an event' }]);
  }
  const { detailType } = event;
  const source = event.source ?? sourceOf(detailType);
  const plain = toPlainJson(event.detail, '/detail');
  if ('issues' in plain) return refuse(plain.issues, event.detail);
  const detail = isJsonObject(plain.json) ? complete(plain.json) : plain.json;
  const checked = checkDetail(String(source), String(detailType), detail);
  if ('issues' in checked) return refuse(checked.issues, event.detail);
  const version = Math.max(redactionVersion, checked.value.redaction?.version ?? 0);
  const redacted = redactDetail({ ...checked.value, redaction: { version } });
  // Markers are longer than some secrets; what the recorder would refuse is refused here.
  const rechecked = checkDetail(String(source), String(detailType), redacted);
  if ('issues' in rechecked) return refuse(rechecked.issues, event.detail);
  return { sealed: { source, detailType, detail: redacted } as unknown as SealedEvent };
}

function sourceOf(detailType: unknown): string | undefined {
  const known = typeof detailType === 'string' && Object.hasOwn(detailTypes, detailType);
  return known ? detailTypes[detailType as DetailType].source : undefined;
}

function refuse(issues: readonly Issue[], detail?: unknown): Sealing {
  const shown = issues.map((issue) => ({ ...issue, path: presentablePath(issue.path) }));
  return { issues: shown, eventId: presentableEventId(detail) };
}

/** The detail's event id if it is one, and no credential put in its place. */
export function presentableEventId(detail: unknown): string | undefined {
  if (!isJsonObject(detail)) return undefined;
  const parsed = eventIdSchema.safeParse(detail.eventId);
  return parsed.success && !containsSecret(parsed.data) ? parsed.data : undefined;
}
