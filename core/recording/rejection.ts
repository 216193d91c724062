// Builds the message for the rejected queue: the reasons and the redacted event.
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
 * The largest body for the rejected queue, in bytes. The SQS limit is 1 MiB including attributes
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html).
 */
export const maxRejectionBytes = 1024 * 1024 - 1024;

/**
 * Returns the message for the rejected queue: `{ rejectedAt, reasons, event }`, with `eventBrotli` (base64) instead
 * of `event` if the plain message is too large. Returns `undefined` if the compressed message is too large too. The
 * envelope must be at most `maxWalkableDepth` levels deep.
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

/**
 * Escapes characters that a queue rejects: U+FFFE and U+FFFF in SQS, and all beyond the first plane in its emulators.
 */
function toQueueText(json: string): string {
  return json.replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/** Fields that identify an event, and those that EventBridge sets. None of them is a secret. */
const { id, account, time, source, 'detail-type': detailType } = envelopeSchema.shape;
const envelopeIds = { id, account, time, source, 'detail-type': detailType };
const detailIds = { eventId: eventIdSchema, organizationId: organizationIdSchema };

/**
 * Redacts the event and keeps its IDs, so that it can be sent again. An event that conforms to the contract is redacted
 * exactly as the recorder does it, so that it and a resend by its producer become the same entry.
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

/** Returns the IDs that conform to the contract. */
function readIds(object: JsonObject, schemas: Readonly<Record<string, Checkable>>): JsonObject {
  const ids = Object.entries(schemas).flatMap(([name, schema]) => {
    const value = object[name];
    const isId = typeof value === 'string' && schema.safeParse(value).success && !isCredential(value);
    return isId ? [[name, value] as const] : [];
  });
  return Object.fromEntries(ids);
}
