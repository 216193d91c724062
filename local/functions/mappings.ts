// The event source mappings of the template: which queue feeds which function, and how.
import { SQSClient } from '@aws-sdk/client-sqs';
import { eventSourceMappingKind } from '../cloudformation/kinds/lambda.ts';
import { queueKind } from '../cloudformation/kinds/sqs.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import type { Queues } from '../queues/queues.ts';
import { LocalStackError } from '../shared/errors.ts';
import { type EventSourceMapping, startEventSourceMapping } from './event-source-mapping.ts';
import type { FunctionPool } from './pool.ts';

/** What Lambda checks when a mapping is made, so that `cdk deploy` fails without it. */
const neededActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export interface MappingParts {
  readonly stack: Stack;
  readonly gate: AccessCheck;
  readonly queues: Queues;
  readonly pools: readonly FunctionPool[];
  /** Batches at the same time on this machine; the template's bound may make it fewer. */
  readonly maxConcurrency: number;
  readonly report: (line: string) => void;
}

/** The queues that feed functions, by name. */
export function feedingQueues(stack: Stack): string[] {
  return enabledMappings(stack).map(({ properties }) => properties.EventSourceArn.split(':').at(-1) ?? '');
}

/** Fails with a LocalStackError when a mapping leads from no queue, to no function, or may not receive. */
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
  { stack, gate, queues, pools, maxConcurrency, report }: MappingParts,
): Promise<EventSourceMapping> {
  const queue = stack
    .resources(queueKind)
    .find(({ attributes }) => attributes.Arn === properties.EventSourceArn);
  const pool = pools.find(({ lambda }) => [lambda.arn, lambda.name].includes(properties.FunctionName));
  if (queue === undefined || pool === undefined) {
    throw new LocalStackError(
      `event source mapping ${logicalId} leads from no queue or to no function of the stack`,
    );
  }
  const { credentials } = pool.lambda;
  const principal = gate.find(credentials.accessKeyId);
  const accesses = neededActions.map((action) => ({ action, resourceArn: properties.EventSourceArn }));
  const refusal = principal && (await gate.refuse(principal, accesses));
  if (refusal !== undefined) {
    throw new LocalStackError(`event source mapping ${logicalId}: AccessDenied: ${refusal}`);
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
      endpoint: stack.frontUrl,
      region: stack.region,
      credentials,
      useQueueUrlAsEndpoint: true,
      maxAttempts: 2,
    }),
    report,
  });
}
