// The queues of the template in fauxqs. It keeps them by name; account and URL of the outside are put on and
// taken off in service.ts.
import type { FauxqsServer } from 'fauxqs';
import type * as z from 'zod/mini';
import { queueKind } from '../cloudformation/kinds/sqs.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';

/** A message as tests and people look at it, without taking it. */
export interface PeekedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly state: 'ready' | 'delayed' | 'inFlight';
  readonly receiveCount: number;
  readonly messageAttributes: Readonly<Record<string, { StringValue?: string | undefined }>>;
}

export interface QueueStatus {
  readonly name: string;
  readonly logicalId: string;
  readonly url: string;
  readonly ready: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface Queues {
  status(): QueueStatus[];
  /** Messages of a queue, by its name or logical id. Fails when there is no such queue. */
  peek(name: string): PeekedMessage[];
  /** Puts a message into a queue; it is on disk when this returns. Fails when the queue refuses it. */
  send(
    name: string,
    body: string,
    attributes?: Record<string, { DataType: string; StringValue: string }>,
  ): void;
  /** Makes received messages visible again in a second: these, or all, as after their receiver crashed. */
  release(name: string, receiptHandles?: readonly string[]): Promise<void>;
}

/** Makes what is missing and brings attributes up to date; messages stay. */
export async function createQueues(server: FauxqsServer, stack: Stack): Promise<Queues> {
  const queues = stack.resources(queueKind);
  const nameOf = (queue: (typeof queues)[number]) => queue.attributes.QueueName ?? queue.logicalId;
  const find = (name: string) => {
    const queue = queues.find(
      ({ logicalId, attributes }) => name === logicalId || name === attributes.QueueName,
    );
    const stored = queue && server.inspectQueue(nameOf(queue));
    if (stored !== undefined) return stored;
    const names = queues.map(({ logicalId }) => logicalId).join(', ');
    throw new LocalStackError(`there is no queue ${name}; the stack has ${names}`);
  };
  for (const queue of queues) {
    const attributes = queueAttributes(queue.properties);
    const existing = server.inspectQueue(nameOf(queue));
    // Never createQueue over an existing one: fauxqs 2.4 replaces its row, and its messages go with it.
    if (existing === undefined) server.createQueue(nameOf(queue), { attributes });
    else if (Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value)) {
      await call(server, 'SetQueueAttributes', { QueueUrl: existing.url, Attributes: attributes });
    }
  }
  return {
    status: () =>
      queues.map((queue) => {
        const states = find(queue.logicalId).messages;
        const overdue = states.inflight.filter(({ visibilityDeadline }) => visibilityDeadline <= Date.now());
        return {
          name: nameOf(queue),
          logicalId: queue.logicalId,
          url: queue.ref,
          ready: states.ready.length + overdue.length,
          inFlight: states.inflight.length - overdue.length,
          delayed: states.delayed.length,
        };
      }),
    peek: (name) => {
      const { ready, delayed, inflight } = find(name).messages;
      return [
        ...ready.map((message) => ({ message, state: 'ready' as const })),
        ...delayed.map((message) => ({ message, state: 'delayed' as const })),
        ...inflight.map(({ message }) => ({ message, state: 'inFlight' as const })),
      ].map(({ message, state }) => ({
        messageId: message.messageId,
        body: message.body,
        state,
        receiveCount: message.approximateReceiveCount,
        messageAttributes: message.messageAttributes,
      }));
    },
    send: (name, body, messageAttributes) => {
      server.sendMessage(find(name).name, body, messageAttributes ? { messageAttributes } : {});
    },
    release: async (name, receiptHandles) => {
      const { url, messages } = find(name);
      for (const { receiptHandle } of messages.inflight) {
        if (receiptHandles !== undefined && !receiptHandles.includes(receiptHandle)) continue;
        await call(server, 'ChangeMessageVisibility', {
          QueueUrl: url,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 1,
        });
      }
    },
  };
}

/** What fauxqs acts on; the rest of a queue's properties is for the gate or has no effect here. */
function queueAttributes(properties: z.output<typeof queueKind.properties>): Record<string, string> {
  const attributes: Record<string, unknown> = {
    VisibilityTimeout: properties.VisibilityTimeout ?? 30,
    DelaySeconds: properties.DelaySeconds ?? 0,
    MaximumMessageSize: properties.MaximumMessageSize ?? 1_048_576,
    MessageRetentionPeriod: properties.MessageRetentionPeriod ?? 345_600,
    ReceiveMessageWaitTimeSeconds: properties.ReceiveMessageWaitTimeSeconds ?? 0,
    FifoQueue: properties.FifoQueue,
    ContentBasedDeduplication: properties.ContentBasedDeduplication,
    KmsMasterKeyId: properties.KmsMasterKeyId,
    RedrivePolicy: properties.RedrivePolicy && redrivePolicy(properties.RedrivePolicy),
  };
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

/** The account that fauxqs has all its queues in. */
export const fauxqsAccountId = '000000000000';

function redrivePolicy(policy: { deadLetterTargetArn: string; maxReceiveCount: number | string }): string {
  return JSON.stringify({
    deadLetterTargetArn: policy.deadLetterTargetArn.replace(/:\d{12}:/, `:${fauxqsAccountId}:`),
    maxReceiveCount: Number(policy.maxReceiveCount),
  });
}

async function call(server: FauxqsServer, operation: string, body: unknown): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${server.port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new LocalStackError(`${operation} failed: ${await response.text()}`);
}
