// A client for the queues of a deployed stage, or of the local stack, which says itself where it pretends to be.
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { CommandError } from '../terminal/command-error.ts';
import { UsageError } from '../terminal/usage-error.ts';

/** A call that gets no answer fails after this long; receiving waits a second by itself. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

const statusSchema = z.object({ account: z.string(), region: z.string() });

/**
 * With `isLocal`, for the local stack at PORT as its account's root; else as the AWS SDK finds credentials and region.
 * Fails with CommandError when no local stack answers.
 */
export async function createQueueClient(
  isLocal: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<SQSClient> {
  if (!isLocal) return new SQSClient({ requestHandler });
  const endpoint = `http://localhost:${environment.PORT || 3000}`;
  if (!URL.canParse(endpoint)) throw new UsageError('PORT must be a port number');
  const { account, region } = await askStatus(endpoint);
  const credentials = { accessKeyId: account, secretAccessKey: 'local' };
  return new SQSClient({ endpoint, region, credentials, requestHandler });
}

async function askStatus(endpoint: string): Promise<z.infer<typeof statusSchema>> {
  const answer = await fetch(`${endpoint}/_local/status`).catch((cause: unknown) => {
    const how = 'Start the local stack with: npm start; or name a deployed stage with --stage';
    throw new CommandError(`Nothing answers at ${endpoint}. ${how}`, { cause });
  });
  const status = statusSchema.safeParse(await answer.json().catch(() => undefined));
  if (status.success) return status.data;
  throw new CommandError(`${endpoint} is not the local stack; name a deployed stage with --stage`);
}
