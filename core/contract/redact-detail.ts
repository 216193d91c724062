// Redaction of an event's detail: which contract fields can hold a secret, and which can quote one.
import { redactMembers } from '../redaction/engine/redact.ts';
import { currentRules, type RedactionRules } from '../redaction/engine/rules.ts';
import type { JsonObject } from '../values/json.ts';
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
 * detail. Repeating it changes nothing. The detail must conform to the contract.
 */
export function redactDetail(detail: EventDetail, rules: RedactionRules = currentRules): EventDetail {
  const treatmentOf = (key: string) =>
    untouched.has(key) ? 'keep' : quoting.has(key) ? 'redact-quotes' : 'redact';
  return redactMembers(
    detail as unknown as JsonObject,
    'actor',
    treatmentOf,
    rules,
  ) as unknown as EventDetail;
}
