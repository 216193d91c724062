// What the rejected queue holds of an event: the reasons and the event itself, redacted.
import { brotliCompressSync, constants } from 'node:zlib';
import type { ContractIssue } from './contract-issue.ts';
import { redactValue } from './redaction/redact.ts';

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
  reasons: readonly ContractIssue[],
  nowMillis: number,
): string | undefined {
  const rejectedAt = new Date(nowMillis).toISOString();
  const event = redactValue(envelope);
  const plain = JSON.stringify({ rejectedAt, reasons, event });
  if (Buffer.byteLength(plain) <= maxRejectionBytes) return plain;
  const eventBrotli = brotliCompressSync(JSON.stringify(event), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
  }).toString('base64');
  const packed = JSON.stringify({ rejectedAt, reasons, eventBrotli });
  return Buffer.byteLength(packed) <= maxRejectionBytes ? packed : undefined;
}
