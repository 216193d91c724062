// The SQS client of the functions. A separate file in the bundle, loaded on demand.
import { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SqsSideQueue } from '../../store/sqs-side-queue.ts';
import { maxAttempts, requestHandler } from './clients.ts';

const client = new SQSClient({ maxAttempts, requestHandler });

export function connectSideQueue(queueUrl: string): SqsSideQueue {
  return new SqsSideQueue({ client, queueUrl });
}

/**
 * Sets when each message is delivered again, with at most ten messages per call. Ignores messages that no longer
 * exist.
 */
export async function changeVisibility(
  queueUrl: string,
  changes: readonly { readonly receiptHandle: string; readonly seconds: number }[],
): Promise<void> {
  await client.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queueUrl,
      Entries: changes.map(({ receiptHandle, seconds }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      })),
    }),
  );
}
