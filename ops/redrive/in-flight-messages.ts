// Messages that nobody can receive now, since another run holds them or one that was killed still does.
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** About how many messages of the queue are held, as of a minute ago; `undefined` when the credentials may not ask. */
export async function countHeld(client: SQSClient, queueUrl: string): Promise<number | undefined> {
  const name = 'ApproximateNumberOfMessagesNotVisible';
  try {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [name] });
    return Number((await client.send(command)).Attributes?.[name] ?? 0);
  } catch (error) {
    if (error instanceof Error && /^AccessDenied/.test(error.name)) return undefined;
    throw error;
  }
}
