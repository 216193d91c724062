// Starts the event source mappings of the template.
import { SQSClient } from '@aws-sdk/client-sqs';
import { eventSourceMappingKind } from '../cloudformation/kinds/lambda.ts';
import { queueKind } from '../cloudformation/kinds/sqs.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import type { Queues } from '../queues/queues.ts';
import { LocalStackError } from '../shared/errors.ts';
import { type EventSourceMapping, startEventSourceMapping } from './event-source-mapping.ts';
import type { FunctionPool } from './pool.ts';

/** Permissions that Lambda checks when it creates a mapping. `cdk deploy` fails without them. */
const requiredActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export interface MappingParts {
  readonly stack: Stack;
  readonly accessCheck: AccessCheck;
  readonly queues: Queues;
  readonly pools: readonly FunctionPool[];
  /** Maximum number of concurrent batches; the template can set a lower one. */
  readonly maxConcurrency: number;
  readonly report: (line: string) => void;
}

/** Names of the queues with an event source mapping. */
export function eventSourceQueues(stack: Stack): string[] {
  return enabledMappings(stack).map(({ properties }) => properties.EventSourceArn.split(':').at(-1) ?? '');
}

/** Fails with LocalStackError when a mapping has no queue, no function, or lacks a permission. */
export async function startMappings(parts: MappingParts): Promise<EventSourceMapping[]> {
  const started: EventSourceMapping[] = [];
  for (const mapping of enabledMappings(parts.stack)) started.push(await startMapping(mapping, parts));
  return started;
}

function enabledMappings(stack: Stack) {
  return stack.resources(eventSourceMappingKind).filter(({ properties }) => properties.Enabled !== false);
}

async function startMapping(
  { logicalId, properties }: ReturnType<typeof enabledMappings>[number],
  { stack, accessCheck, queues, pools, maxConcurrency, report }: MappingParts,
): Promise<EventSourceMapping> {
  const queue = stack
    .resources(queueKind)
    .find(({ attributes }) => attributes.Arn === properties.EventSourceArn);
  const pool = pools.find(({ lambda }) => [lambda.arn, lambda.name].includes(properties.FunctionName));
  if (queue === undefined || pool === undefined) {
    throw new LocalStackError(
      `event source mapping ${logicalId} refers to a queue or function that is not in the stack`,
    );
  }
  const { credentials } = pool.lambda;
  const principal = accessCheck.find(credentials.accessKeyId);
  const accesses = requiredActions.map((action) => ({ action, resourceArn: properties.EventSourceArn }));
  const denial = principal && (await accessCheck.findDenial(principal, accesses));
  if (denial !== undefined) {
    throw new LocalStackError(`event source mapping ${logicalId}: AccessDenied: ${denial}`);
  }
  await queues.release(queue.attributes.QueueName ?? '');
  return startEventSourceMapping(pool, {
    queueUrl: queue.ref,
    queueArn: properties.EventSourceArn,
    region: stack.region,
    batchSize: properties.BatchSize ?? 10,
    windowMillis: (properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    concurrency: Math.min(properties.ScalingConfig?.MaximumConcurrency ?? maxConcurrency, maxConcurrency),
    reportsItemFailures: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    client: new SQSClient({
      endpoint: stack.gatewayUrl,
      region: stack.region,
      credentials,
      useQueueUrlAsEndpoint: true,
      maxAttempts: 2,
    }),
    report,
  });
}
