// Classifies messages that contain an event as it was emitted: dead letters, and events that EventBridge could not
// deliver. It reads only message attributes, because the bodies can contain secrets.
import { type Classification, isMatched, notMatched } from './classification.ts';
import type { QueueMessage } from './queue-walk.ts';

/** Code of dead letters without a code attribute: all seven deliveries failed, and another delivery can succeed. */
export const notRecorded = 'NOT_RECORDED';

/** Code that earlier releases used for entries over DynamoDB's item limit. This release records such events. */
export const formerlyTooLarge = 'ENTRY_TOO_LARGE';

/** Codes of events that can still be recorded, which `--discard` therefore rejects. */
export const recordableCodes: readonly string[] = [notRecorded, formerlyTooLarge];

export interface DeadLetterOptions {
  readonly codes: readonly string[];
  /** Delete the messages permanently instead of requeuing them. `codes` then has none of `recordableCodes`. */
  readonly isDiscard: boolean;
}

/**
 * The recorder rejected the content of messages that have a code, so they are requeued only when `codes` names that
 * code.
 */
export function classifyDeadLetter(
  { attributes, body, sentMillis }: QueueMessage,
  { codes, isDiscard }: DeadLetterOptions,
): Classification {
  const code = attributes.code ?? notRecorded;
  const reasons = [{ code, path: '' }];
  if (!isMatched(reasons, codes)) return { reasons, next: { action: 'leave', why: notMatched } };
  if (isDiscard) {
    // The recorder sends a message here when it rejects it, so the two times are equal.
    return {
      reasons,
      next: { action: 'discard', about: { rejectedAt: new Date(sentMillis).toISOString() } },
    };
  }
  if (codes.length === 0 && code !== notRecorded) {
    const why = 'would be rejected again; after an upgrade that accepts them, name the code with --match';
    return { reasons, next: { action: 'leave', why } };
  }
  return { reasons, next: { action: 'send', body } };
}

/**
 * EventBridge gives the reason in ERROR_CODE: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function classifyUndelivered(
  { attributes, body }: QueueMessage,
  codes: readonly string[],
): Classification {
  const reasons = [{ code: attributes.ERROR_CODE ?? 'UNKNOWN', path: '' }];
  if (!isMatched(reasons, codes)) return { reasons, next: { action: 'leave', why: notMatched } };
  return { reasons, next: { action: 'send', body } };
}
