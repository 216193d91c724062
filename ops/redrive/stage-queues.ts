// Finds the queues of a stage by their names, so that an operator needs to know nothing but the stage.
import { ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CommandError } from '../../terminal/command-error.ts';

export const sideQueueNames = ['dead-letter', 'rejected', 'undelivered'] as const;

/** A queue beside the recorder's path, as operators call it. */
export type SideQueueName = (typeof sideQueueNames)[number];

/** What CloudFormation's names of the queues have behind `RequestLogs-<stage>-IngestQueues`. */
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

/** The URLs of a side queue and the ingest queue. Fails with CommandError when there is not exactly one of each. */
export async function findQueues(client: SQSClient, stage: string, name: SideQueueName): Promise<QueueUrls> {
  const prefix = `RequestLogs-${stage}-IngestQueues`;
  const urls = await listQueues(client, prefix);
  const find = (id: string) => {
    const form = new RegExp(`^${prefix}${id}[0-9A-F]{8}(?:-|$)`);
    const found = urls.filter((url) => form.test(url.split('/').at(-1) ?? ''));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    const how = 'name them with --queue-url and --ingest-queue-url, as the outputs of the stack say';
    if (only === undefined) {
      throw new CommandError(
        `there is no queue ${prefix}${id}… here; is it the right account and region? Else ${how}`,
      );
    }
    throw new CommandError(`there are several queues ${prefix}${id}…: ${found.join(', ')}; ${how}`);
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
