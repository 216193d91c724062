// The SQS client of the functions, apart from the others: a file of its own in the bundle, loaded on demand.
import { SQSClient } from '@aws-sdk/client-sqs';
import { SqsSideQueue } from '../../store/sqs-side-queue.ts';
import { maxAttempts, requestHandler } from './clients.ts';

const client = new SQSClient({ maxAttempts, requestHandler });

export function connectSideQueue(queueUrl: string): SqsSideQueue {
  return new SqsSideQueue({ client, queueUrl });
}
