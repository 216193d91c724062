// Redaction of an event's detail: declared secrets first, then the rules. It decides which contract fields can hold a
// secret and which can quote one.
import { redactMembers } from '../redaction/engine/redact.ts';
import { currentRules, type RedactionRules } from '../redaction/engine/rules.ts';
import { isJsonObject, type JsonObject } from '../values/json.ts';
import { declarationsOf, hideDeclared, keepNothing } from './declarations.ts';
import type { EventDetail } from './event.ts';

/** Contract fields that carry identity, keys or meaning; the contract allows no secret in them. */
const untouched = new Set([
  'specVersion',
  'eventId',
  'occurredAt',
  'organizationId',
  'accountId',
  'region',
  'redaction',
]);

/** Contract fields that can quote a known secret; in any other field an equal text is a coincidence. */
const quoting = new Set(['before', 'after', 'reason', 'userAgent']);

/**
 * The detail with each distinct secret replaced by a numbered marker, numbers in canonical order (RFC 8785) of all of the
 * detail. Secrets that `secretPaths` declares are hidden first; the paths are then removed, and `redaction.declared` keeps
 * that there were any. Repeating it changes nothing. The detail must conform to the contract.
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
  const hidden = hideDeclared(detail as unknown as JsonObject, declarationsOf(detail)).detail;
  const { secretPaths, ...rest } = hidden as unknown as EventDetail;
  if (secretPaths?.length === 0) return rest;
  return { ...rest, redaction: { version: rest.redaction?.version ?? rules.version, declared: true } };
}

/**
 * An event that may break the contract, with the secrets that its `secretPaths` declare replaced by markers. The paths
 * stay. For rejected events, before `redactValue`. The envelope must be at most `maxWalkableDepth` deep.
 */
export function hideDeclaredSecrets(envelope: unknown): unknown {
  if (!isJsonObject(envelope) || !isJsonObject(envelope.detail)) return envelope;
  const { detail } = envelope as { detail: JsonObject };
  return { ...envelope, detail: hideDeclared(detail, declarationsOf(detail), keepNothing).detail };
}
