// Creates the SQS client for a deployed stage or for the local stack, and finds out whose credentials it has.
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../command/client-settings.ts';
import { asLocalRedriver, readLocalStatus } from '../command/local-stack.ts';
import { findPrincipal, localPrincipal } from './caller-principal.ts';

export interface Caller {
  readonly client: SQSClient;
  /** Resolves to the ARN of the principal with these credentials, which it looks up once. */
  readonly principal: () => Promise<string>;
}

/**
 * With `isLocal`, the client has the redrive role of the local stack at PORT. Otherwise the AWS SDK resolves
 * credentials and region. Fails with CommandError when the local stack does not respond.
 */
export async function connectCaller(isLocal: boolean, environment: NodeJS.ProcessEnv): Promise<Caller> {
  if (isLocal) {
    const status = await readLocalStatus(environment);
    const client = new SQSClient({ ...clientSettings, ...asLocalRedriver(status) });
    return { client, principal: async () => localPrincipal(status) };
  }
  const client = new SQSClient(clientSettings);
  let found: Promise<string> | undefined;
  const principal = () => {
    found ??= findPrincipal(client, environment);
    return found;
  };
  return { client, principal };
}
