// Redacts an event's detail: first the declared secrets, then those that the rules detect. This file decides which
// contract fields can contain or quote a secret.
import { redactMembers } from '../redaction/engine/redact.ts';
import { currentRules, type RedactionRules } from '../redaction/engine/rules.ts';
import { isJsonObject, type JsonObject } from '../values/json.ts';
import { declarationsOf } from './declarations.ts';
import type { EventDetail } from './event.ts';
import { hideDeclared, hideDeclaredInEvent } from './hide-declared.ts';

/** Contract fields that carry identity, keys or meaning. The contract allows no secret in them. */
const untouched = new Set([
  'specVersion',
  'eventId',
  'occurredAt',
  'organizationId',
  'accountId',
  'region',
  'awsRequestIds',
  'redaction',
]);

/** Contract fields that can quote a secret found elsewhere. In other fields, equal text is a coincidence. */
const quoting = new Set(['before', 'after', 'reason', 'userAgent']);

/**
 * Replaces each distinct secret in the detail with a numbered marker. Numbers follow the canonical order (RFC 8785)
 * of the detail. Removes `secretPaths` after hiding what it declares, and sets `redaction.declared` if it declared
 * any path. Idempotent. The detail must conform to the contract.
 */
export function redactDetail(detail: EventDetail, rules: RedactionRules = currentRules): EventDetail {
  const treatmentOf = (key: string) =>
    untouched.has(key) ? 'keep' : quoting.has(key) ? 'redact-quotes' : 'redact';
  return redactMembers(
    applySecretPaths(detail, rules) as unknown as JsonObject,
    'actor',
    treatmentOf,
    rules,
  ) as unknown as EventDetail;
}

function applySecretPaths(detail: EventDetail, rules: RedactionRules): EventDetail {
  if (detail.secretPaths === undefined) return detail;
  const hidden = hideDeclared(detail as unknown as JsonObject, declarationsOf(detail));
  const { secretPaths: _, ...rest } = hidden as unknown as EventDetail;
  if (detail.secretPaths.length === 0) return rest;
  return { ...rest, redaction: { version: rest.redaction?.version ?? rules.version, declared: true } };
}

/**
 * Replaces the secrets that `secretPaths` declares in an event that can break the contract, and keeps the paths. For
 * rejected events, before `redactValue`. The envelope must be at most `maxWalkableDepth` levels deep.
 */
export function hideDeclaredSecrets(envelope: unknown): unknown {
  if (!isJsonObject(envelope) || !isJsonObject(envelope.detail)) return envelope;
  const detail = envelope.detail as JsonObject;
  return hideDeclaredInEvent(envelope, detail, declarationsOf(detail));
}
