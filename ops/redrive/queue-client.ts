// A client for the queues of a deployed stage, or of the local stack, which says itself where it pretends to be.
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../command/client-settings.ts';
import { askLocalStack, asLocalRedriver } from '../command/local-stack.ts';

/**
 * With `isLocal`, for the local stack at PORT with its redrive role; else as the AWS SDK finds credentials and region.
 * Fails with CommandError when no local stack answers.
 */
export async function createQueueClient(
  isLocal: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<SQSClient> {
  if (!isLocal) return new SQSClient(clientSettings);
  return new SQSClient({ ...clientSettings, ...asLocalRedriver(await askLocalStack(environment)) });
}
