// Fixes the parts of an event that must not change on a resend: its id, time and redaction. Sends nothing.
import { randomUUID } from 'node:crypto';
import {
  type Declared,
  declarationsOf,
  findDeclarationIssues,
  maxDeclarations,
} from '../core/contract/declarations.ts';
import type { EventDetail } from '../core/contract/event.ts';
import { declaredSecretTestOf, hideDeclared } from '../core/contract/hide-declared.ts';
import { eventIdSchema } from '../core/contract/identifiers.ts';
import { redactDetail } from '../core/contract/redact-detail.ts';
import { checkDetail, toSafePath } from '../core/contract/validation.ts';
import { type DetailType, detailTypes, specVersion } from '../core/contract/vocabulary.ts';
import { minDeclaredLength } from '../core/redaction/declared/declared-secrets.ts';
import { containsSecret, redactionVersion, type SecretTest } from '../core/redaction/engine/redact.ts';
import { type Issue, issueCodes } from '../core/values/issue.ts';
import { isJsonObject, type JsonObject } from '../core/values/json.ts';
import type { SealedEvent, ServiceEvent } from './event-types.ts';
import { type MarkedSecret, toPlainJson } from './plain-json.ts';
import { revealSecret } from './secret.ts';

/**
 * The event violates the contract. `issues` lists each violation and what is allowed. Sealing the event again
 * fails again.
 */
export class InvalidEventError extends Error {
  readonly code = 'INVALID_EVENT';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(`event violates the contract: ${describeIssues(issues)}`);
    this.name = 'InvalidEventError';
    this.issues = issues;
  }
}

/** Formats all issues on one line. */
export function describeIssues(issues: readonly Issue[]): string {
  return issues.map(({ path, code, message }) => `${path || '/'} ${code} ${message}`).join('; ');
}

/**
 * Validates and redacts the event and fixes its id and time, without sending it. Store the result in an
 * outbox, in the same transaction as the action, and send it as often as needed: the log still has one entry.
 * Sealing a sealed event returns it unchanged.
 *
 * @throws InvalidEventError when the event violates the contract
 */
export function seal(event: ServiceEvent | SealedEvent): SealedEvent {
  const result = trySeal(event);
  if ('issues' in result) throw new InvalidEventError(result.issues);
  return result.sealed;
}

export type Sealing =
  | { readonly sealed: SealedEvent }
  | { readonly issues: readonly Issue[]; readonly eventId: string | undefined };

/** Like `seal`, but returns the issues instead of throwing. A value that is not an event is an issue too. */
export function trySeal(event: unknown): Sealing {
  return fix(event, (detail) => ({
    specVersion,
    eventId: randomUUID(),
    occurredAt: new Date().toISOString(),
    ...detail,
  }));
}

/** Validates a sealed event. Adds nothing: a new id would turn a resend into a second log entry. */
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
  const declarations = readDeclarations(event, plain.secrets);
  const paths = [...declarations.paths.map(({ text }) => text), ...declarationsOf(plain.json).paths];
  const declared = { paths, values: declarations.allValues };
  // Created on demand, because it is expensive and only needed for invalid events.
  let test: SecretTest | undefined;
  const isDeclared: SecretTest = (text) => {
    test ??= declaredSecretTestOf(plain.json, declared);
    return test(text);
  };
  const refuseEvent = (issues: readonly Issue[]) => refuse(issues, event.detail, isDeclared);
  if (plain.issues.length > 0) return refuseEvent(plain.issues);
  if (declarations.issues.length > 0) return refuseEvent(declarations.issues);
  const detail = isJsonObject(plain.json) ? complete(plain.json) : plain.json;
  const checked = checkDetail(String(source), String(detailType), detail, isDeclared);
  if ('issues' in checked) return refuseEvent(checked.issues);
  const content = checked.value as unknown as JsonObject;
  const issues = findDeclarationIssues(content, declarations.paths, declarations.values);
  if (issues.length > 0) return refuseEvent(issues);
  const hidden = hideDeclared(content, declared);
  const redacted = redactDetail(stamp(hidden, paths.length + declarations.values.length > 0));
  // Redaction markers can be longer than the secrets they replace. Reject here what the recorder would
  // reject.
  const rechecked = checkDetail(String(source), String(detailType), redacted, isDeclared);
  if ('issues' in rechecked) return refuseEvent(rechecked.issues);
  return { sealed: { source, detailType, detail: redacted } as unknown as SealedEvent };
}

/**
 * The redacted detail with the redaction stamp. The declared paths are removed, because they are no longer
 * needed.
 */
function stamp(hidden: JsonObject, isDeclaring: boolean): EventDetail {
  const { secretPaths, ...detail } = hidden as unknown as EventDetail;
  const version = Math.max(redactionVersion, detail.redaction?.version ?? 0);
  const isDeclared = isDeclaring || detail.redaction?.declared === true;
  return { ...detail, redaction: { version, ...(isDeclared && { declared: true as const }) } };
}

interface EventDeclarations {
  readonly paths: readonly Declared[];
  readonly values: readonly Declared[];
  /** The declared values and the values marked with `secret()`. */
  readonly allValues: readonly string[];
  readonly issues: readonly Issue[];
}

function readDeclarations(event: JsonObject, marked: readonly MarkedSecret[]): EventDeclarations {
  const issues: Issue[] = [];
  const read = (field: 'secretPaths' | 'secretValues'): Declared[] => {
    const list: unknown = event[field] ?? [];
    const texts = Array.isArray(list) ? list.map((text: unknown) => revealSecret(text) ?? text) : undefined;
    const isList = texts !== undefined && texts.length <= maxDeclarations;
    if (!isList || !texts.every((text) => typeof text === 'string')) {
      const message = `must be a list of at most ${maxDeclarations} strings`;
      issues.push({ path: `/${field}`, code: issueCodes.invalidValue, message });
      return [];
    }
    return texts.map((text, index) => ({ text: String(text), at: `/${field}/${index}` }));
  };
  const values = read('secretValues');
  for (const { text, at } of values) {
    if (text.length >= minDeclaredLength) continue;
    const message = `must have at least ${minDeclaredLength} characters; declare the path of a shorter value instead`;
    issues.push({ path: at, code: issueCodes.invalidValue, message });
  }
  const markedPaths = marked.map(({ path }) => ({ text: path.slice('/detail'.length), at: path }));
  return {
    paths: [...read('secretPaths'), ...markedPaths],
    values,
    allValues: [...values.map(({ text }) => text), ...marked.map(({ value }) => value)],
    issues,
  };
}

function sourceOf(detailType: unknown): string | undefined {
  const known = typeof detailType === 'string' && Object.hasOwn(detailTypes, detailType);
  return known ? detailTypes[detailType as DetailType].source : undefined;
}

function refuse(issues: readonly Issue[], detail?: unknown, isDeclared: SecretTest = () => false): Sealing {
  const isSecret: SecretTest = (text) => isDeclared(text) || containsSecret(text);
  const shown = issues.map((issue) => ({ ...issue, path: toSafePath(issue.path, isSecret) }));
  return { issues: shown, eventId: presentableEventId(detail, isSecret) };
}

/** The event id of the detail, if it is valid and contains no secret. */
export function presentableEventId(
  detail: unknown,
  isSecret: SecretTest = containsSecret,
): string | undefined {
  if (!isJsonObject(detail)) return undefined;
  const parsed = eventIdSchema.safeParse(detail.eventId);
  return parsed.success && !isSecret(parsed.data) ? parsed.data : undefined;
}
