// Creates the SQS client for a deployed stage or for the local stack.
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../command/client-settings.ts';
import { asLocalRedriver, readLocalStatus } from '../command/local-stack.ts';

/**
 * With `isLocal`, the client has the redrive role of the local stack at PORT. Otherwise the AWS SDK resolves
 * credentials and region. Fails with CommandError when the local stack does not respond.
 */
export async function createQueueClient(
  isLocal: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<SQSClient> {
  if (!isLocal) return new SQSClient(clientSettings);
  return new SQSClient({ ...clientSettings, ...asLocalRedriver(await readLocalStatus(environment)) });
}
