// Reads the deployed resource policies from the services.
import { type DynamoDBClient, GetResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { CommandError } from '../../terminal/command-error.ts';
import type { ExpectedPolicy, Statement } from './expected-policies.ts';

export interface PolicyClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
}

const statement = z.record(z.string(), z.unknown());
const documentSchema = z.object({ Statement: z.union([z.array(statement), statement]) });

/** Returns the statements of a resource's policy. Empty when it has none. */
export async function deployedStatements(
  { kind, arn, physicalId }: ExpectedPolicy,
  clients: PolicyClients,
): Promise<readonly Statement[]> {
  const text = await readPolicy[kind]({ arn, physicalId }, clients);
  if (text === undefined || text === '') return [];
  const document = documentSchema.safeParse(JSON.parse(text));
  if (!document.success) throw new CommandError(`the policy of ${arn} is not a policy document`);
  return [document.data.Statement].flat();
}

type Reader = (
  resource: Pick<ExpectedPolicy, 'arn' | 'physicalId'>,
  clients: PolicyClients,
) => Promise<string | undefined>;

const readPolicy: Readonly<Record<ExpectedPolicy['kind'], Reader>> = {
  async table({ arn }, { dynamodb }) {
    try {
      const { Policy } = await dynamodb.send(new GetResourcePolicyCommand({ ResourceArn: arn }));
      return Policy;
    } catch (error) {
      if (error instanceof Error && error.name === 'PolicyNotFoundException') return undefined;
      throw error;
    }
  },
  async queue({ physicalId }, { sqs }) {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: physicalId, AttributeNames: ['Policy'] }),
    );
    return Attributes?.Policy;
  },
  async bus({ physicalId }, { events }) {
    const { Policy } = await events.send(new DescribeEventBusCommand({ Name: physicalId }));
    return Policy;
  },
};
