// What the rejected queue holds of an event: the reasons and the event itself, redacted.
import { brotliCompressSync, constants } from 'node:zlib';
import { envelopeSchema } from '../contract/event.ts';
import { eventIdSchema, organizationIdSchema } from '../contract/identifiers.ts';
import { hideDeclaredSecrets, redactDetail } from '../contract/redact-detail.ts';
import { checkEnvelope } from '../contract/validation.ts';
import { isCredential } from '../redaction/detectors/credential.ts';
import { redactValue } from '../redaction/engine/redact.ts';
import type { Issue } from '../values/issue.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.ts';

/**
 * Largest body that is put on the rejected queue, bytes: SQS takes 1 MiB with attributes
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html).
 */
export const maxRejectionBytes = 1024 * 1024 - 1024;

/**
 * The message for the rejected queue: `{ rejectedAt, reasons, event }`, with `eventBrotli` (base64) in place of
 * `event` when it would not fit otherwise; `undefined` when it does not fit at all. The envelope must be at
 * most `maxWalkableDepth` deep.
 */
export function describeRejection(
  envelope: unknown,
  reasons: readonly Issue[],
  nowMillis: number,
): string | undefined {
  const rejectedAt = new Date(nowMillis).toISOString();
  const event = redactEvent(envelope);
  const plain = toQueueText(JSON.stringify({ rejectedAt, reasons, event }));
  if (Buffer.byteLength(plain) <= maxRejectionBytes) return plain;
  const eventBrotli = brotliCompressSync(JSON.stringify(event), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
  }).toString('base64');
  const packed = toQueueText(JSON.stringify({ rejectedAt, reasons, eventBrotli }));
  return Buffer.byteLength(packed) <= maxRejectionBytes ? packed : undefined;
}

/** JSON that every queue takes: SQS refuses U+FFFE and U+FFFF, its stand-ins all characters beyond the first plane. */
function toQueueText(json: string): string {
  return json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/** What tells one event from another, and EventBridge's own word on it; none of it is a secret. */
const { id, account, time, source, 'detail-type': detailType } = envelopeSchema.shape;
const envelopeIds = { id, account, time, source, 'detail-type': detailType };
const detailIds = { eventId: eventIdSchema, organizationId: organizationIdSchema };

/**
 * The event as it can be sent again: redacted, with its ids as they are. One that keeps the contract is redacted just
 * as the recorder does it, so that it and a resend of its producer become the same entry.
 */
function redactEvent(envelope: unknown): JsonValue {
  const redacted = redactValue(hideDeclaredSecrets(envelope));
  if (!isJsonObject(redacted) || !isJsonObject(envelope)) return redacted;
  const event = { ...redacted, ...readIds(envelope, envelopeIds) };
  const checked = checkEnvelope(envelope);
  if ('value' in checked) {
    return { ...event, detail: redactDetail(checked.value.detail) as unknown as JsonObject };
  }
  if (!isJsonObject(redacted.detail) || !isJsonObject(envelope.detail)) return event;
  return { ...event, detail: { ...redacted.detail, ...readIds(envelope.detail, detailIds) } };
}

interface Checkable {
  safeParse(value: unknown): { readonly success: boolean };
}

/** Those ids that are what the contract allows them to be. */
function readIds(object: JsonObject, schemas: Readonly<Record<string, Checkable>>): JsonObject {
  const ids = Object.entries(schemas).flatMap(([name, schema]) => {
    const value = object[name];
    const isId = typeof value === 'string' && schema.safeParse(value).success && !isCredential(value);
    return isId ? [[name, value] as const] : [];
  });
  return Object.fromEntries(ids);
}
