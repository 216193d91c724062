// Returns failed messages to their queue soon: the queue's own visibility timeout, six times the function's, would turn a few
// seconds of throttling into six minutes.
import type { SQSRecord } from 'aws-lambda';
import { describeError, logger } from './logs.ts';

/** Seconds until the next delivery after the first and the second one, with jitter; later ones wait the queue's own time. */
const waitSeconds: readonly { readonly least: number; readonly most: number }[] = [
  { least: 2, most: 8 },
  { least: 10, most: 30 },
];

/** Messages of one ChangeMessageVisibilityBatch call. */
const messagesPerCall = 10;

/** When a message that was delivered so many times is to be tried again; `undefined` for the queue's own timeout. */
export function retryAfterSeconds(
  deliveries: number,
  random: () => number = Math.random,
): number | undefined {
  const wait = waitSeconds[deliveries - 1];
  return wait && Math.round(wait.least + random() * (wait.most - wait.least));
}

/** Shortens the time until the next delivery. When that fails, the messages come back with the queue's own timeout. */
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
    logger.warn('failed messages return with the visibility timeout of the queue', {
      messages: changes.length,
      error: describeError(error),
    });
  }
}
