// Judges messages that hold an event as it was emitted: dead letters, and what EventBridge could not deliver. Their
// bodies may hold secrets, so nothing but their attributes is looked at.
import { type Classification, isMatched, notMatched } from './classification.ts';
import type { QueueMessage } from './queue-walk.ts';

/** The code of dead letters that have none: five deliveries failed, and the same event may well be recorded now. */
export const notRecorded = 'NOT_RECORDED';

/** A code of releases that could not keep states outside an item; this one records their events. */
export const formerlyTooLarge = 'ENTRY_TOO_LARGE';

/** Codes of events that may be recorded yet, so that nobody may discard them. */
export const recordableCodes: readonly string[] = [notRecorded, formerlyTooLarge];

export interface DeadLetterOptions {
  readonly codes: readonly string[];
  /** Deleted for good instead of sent; `codes` has none of `recordableCodes` then. */
  readonly isDiscard: boolean;
}

/** Those with a code were refused for what they are, so they go back only when that code is asked for. */
export function classifyDeadLetter(
  { attributes, body, sentMillis }: QueueMessage,
  { codes, isDiscard }: DeadLetterOptions,
): Classification {
  const code = attributes.code ?? notRecorded;
  const reasons = [{ code, path: '' }];
  if (!isMatched(reasons, codes)) return { reasons, next: { action: 'leave', why: notMatched } };
  if (isDiscard) {
    // The recorder itself sent it here, when it refused it.
    return {
      reasons,
      next: { action: 'discard', about: { rejectedAt: new Date(sentMillis).toISOString() } },
    };
  }
  if (codes.length === 0 && code !== notRecorded) {
    const why = 'would be refused again; after an upgrade that takes them, name the code with --match';
    return { reasons, next: { action: 'leave', why } };
  }
  return { reasons, next: { action: 'send', body } };
}

/** EventBridge says why in ERROR_CODE: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
export function classifyUndelivered(
  { attributes, body }: QueueMessage,
  codes: readonly string[],
): Classification {
  const reasons = [{ code: attributes.ERROR_CODE ?? 'UNKNOWN', path: '' }];
  if (!isMatched(reasons, codes)) return { reasons, next: { action: 'leave', why: notMatched } };
  return { reasons, next: { action: 'send', body } };
}
