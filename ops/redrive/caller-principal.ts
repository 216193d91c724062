// Finds out who runs the command, for the entries of the events that it sends again.
import { userInfo } from 'node:os';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { CommandError } from '../../terminal/command-error.ts';
import { callQueryApi, textOf } from '../command/aws-query.ts';
import { type LocalStackStatus, localRedriverName } from '../command/local-stack.ts';

const sts = { id: 'sts', name: 'STS' } as const;

/**
 * Returns the ARN of the principal whose credentials the client has, from STS. It needs no permission. Fails with
 * CommandError when STS does not respond.
 */
export async function findPrincipal(client: SQSClient, environment: NodeJS.ProcessEnv): Promise<string> {
  const [region, credentials] = await Promise.all([client.config.region(), client.config.credentials()]);
  const parameters = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  const arn = textOf(await callQueryApi(sts, parameters, { region, credentials }, environment), 'Arn');
  if (arn !== undefined) return arn;
  throw new CommandError('STS returned no ARN for GetCallerIdentity');
}

/** The session of the local stack's redrive role, with the name of this machine's user. */
export function localPrincipal(status: LocalStackStatus): string {
  const session = userInfo().username.replaceAll(/[^\w+=,.@-]/g, '-');
  return `arn:aws:sts::${status.account}:assumed-role/${localRedriverName(status)}/${session}`;
}
