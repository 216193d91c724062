// Counts the messages that are invisible because another run, or one that was killed, has received them.
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/**
 * Approximate number of messages in flight, up to a minute old. `undefined` when the credentials lack
 * sqs:GetQueueAttributes.
 */
export async function countInFlight(client: SQSClient, queueUrl: string): Promise<number | undefined> {
  const name = 'ApproximateNumberOfMessagesNotVisible';
  try {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [name] });
    return Number((await client.send(command)).Attributes?.[name] ?? 0);
  } catch (error) {
    if (error instanceof Error && /^AccessDenied/.test(error.name)) return undefined;
    throw error;
  }
}
