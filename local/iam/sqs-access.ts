// Identifies the action and resource that IAM checks for an SQS request.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
import type { Access } from './dynamodb-access.ts';
import type { Use } from './encryption.ts';

/** A batch operation requires the permission of the single operation. */
const singular: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

const uses: Readonly<Record<string, Use>> = { SendMessage: 'write', ReceiveMessage: 'read' };

/** `queueArnPrefix` ends in the account id and a colon. */
export function sqsAccess(
  operation: string,
  body: Readonly<Record<string, unknown>>,
  queueArnPrefix: string,
): Access {
  const action = singular[operation] ?? operation;
  const name = queueNameOf(body);
  return {
    action: `sqs:${action}`,
    resourceArn: name === undefined ? '*' : `${queueArnPrefix}${name}`,
    ...(uses[action] !== undefined && { use: uses[action] }),
  };
}

/** Returns the queue of a request, from its URL or its name. */
export function queueNameOf(body: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof body.QueueUrl === 'string') return body.QueueUrl.split('/').at(-1);
  return typeof body.QueueName === 'string' ? body.QueueName : undefined;
}
