// Finds the queues of a stage by the names that CloudFormation generates, so that operators only pass the stage.
import { ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CommandError } from '../../terminal/command-error.ts';

export const sideQueueNames = ['dead-letter', 'rejected', 'undelivered'] as const;

/** A queue of events that were not recorded. The name is the value of `--queue`. */
export type SideQueueName = (typeof sideQueueNames)[number];

/** Construct ids, which follow `RequestLogs-<stage>-IngestQueues` in the names of the queues. */
const constructIds: Readonly<Record<SideQueueName | 'ingest', string>> = {
  ingest: 'Ingest',
  'dead-letter': 'DeadLetters',
  rejected: 'Rejected',
  undelivered: 'Undelivered',
};

export interface QueueUrls {
  readonly queue: string;
  readonly ingest: string;
}

/**
 * Finds the URLs of the named queue and the ingest queue. Fails with CommandError unless there is exactly one of each.
 */
export async function findQueues(client: SQSClient, stage: string, name: SideQueueName): Promise<QueueUrls> {
  const prefix = `RequestLogs-${stage}-IngestQueues`;
  const urls = await listQueues(client, prefix);
  const find = (id: string) => {
    const pattern = new RegExp(`^${prefix}${id}[0-9A-F]{8}(?:-|$)`);
    const found = urls.filter((url) => pattern.test(url.split('/').at(-1) ?? ''));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    const how = 'pass the URLs from the stack outputs with --queue-url and --ingest-queue-url';
    if (only === undefined) {
      throw new CommandError(`no queue ${prefix}${id}… found; check the account and the region, or ${how}`);
    }
    throw new CommandError(`several queues ${prefix}${id}… found: ${found.join(', ')}; ${how}`);
  };
  return { queue: find(constructIds[name]), ingest: find(constructIds.ingest) };
}

async function listQueues(client: SQSClient, prefix: string): Promise<string[]> {
  const urls: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 1000, NextToken: token }),
    );
    urls.push(...(page.QueueUrls ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return urls;
}
