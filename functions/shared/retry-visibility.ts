// Returns failed messages to their queue early. The queue's visibility timeout is six times the function's
// timeout, so a few seconds of throttling would otherwise delay a message by six minutes.
import type { SQSRecord } from 'aws-lambda';
import { describeError, logger } from './logs.ts';

/**
 * Seconds until redelivery after the first and second delivery, with jitter. Later deliveries wait for the
 * visibility timeout of the queue.
 */
const waitSeconds: readonly { readonly least: number; readonly most: number }[] = [
  { least: 2, most: 8 },
  { least: 10, most: 30 },
];

/** Maximum messages in one ChangeMessageVisibilityBatch call. */
const messagesPerCall = 10;

/**
 * Returns the seconds until the next attempt for a message that was delivered this many times, or `undefined` to
 * keep the visibility timeout of the queue.
 */
export function retryAfterSeconds(
  deliveries: number,
  random: () => number = Math.random,
): number | undefined {
  const wait = waitSeconds[deliveries - 1];
  return wait && Math.round(wait.least + random() * (wait.most - wait.least));
}

/**
 * Shortens the time until the next delivery. If that fails, the messages return after the visibility timeout of
 * the queue.
 */
export async function retrySoon(queueUrl: string, failed: readonly SQSRecord[]): Promise<void> {
  const changes = failed.flatMap(({ receiptHandle, attributes }) => {
    const seconds = retryAfterSeconds(Number(attributes.ApproximateReceiveCount));
    return seconds === undefined ? [] : [{ receiptHandle, seconds }];
  });
  if (changes.length === 0) return;
  try {
    const { changeVisibility } = await import('./sqs.ts');
    for (let start = 0; start < changes.length; start += messagesPerCall) {
      await changeVisibility(queueUrl, changes.slice(start, start + messagesPerCall));
    }
  } catch (error) {
    logger.warn('failed messages return after the visibility timeout of the queue', {
      messages: changes.length,
      error: describeError(error),
    });
  }
}
