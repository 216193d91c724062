// Creates the template's queues in fauxqs and inspects them, by name. service.ts translates account ids and URLs.
import type { FauxqsServer } from 'fauxqs';
import type * as z from 'zod/mini';
import { queueKind } from '../cloudformation/kinds/sqs.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { LocalStackError } from '../shared/errors.ts';

/** A message that was read without receiving it. */
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
  /**
   * Reads all messages of a queue, by its name or logical id, without receiving them. Fails with LocalStackError for an
   * unknown queue.
   */
  peek(name: string): PeekedMessage[];
  /** Sends a message and stores it on disk before returning. Fails when fauxqs rejects it. */
  send(
    name: string,
    body: string,
    attributes?: Record<string, { DataType: string; StringValue: string }>,
  ): void;
  /** Makes received messages visible again after one second: those with the receipt handles, or all. */
  release(name: string, receiptHandles?: readonly string[]): Promise<void>;
}

/** Creates missing queues and updates the attributes of existing ones. Keeps messages. */
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
    throw new LocalStackError(`no queue ${name} in the stack; it has ${names}`);
  };
  for (const queue of queues) {
    const attributes = queueAttributes(queue.properties);
    const existing = server.inspectQueue(nameOf(queue));
    // Must not call createQueue for an existing queue: fauxqs 2.4 would delete its messages.
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

/** The attributes that fauxqs supports. The access check evaluates policies; other properties have no effect. */
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

/** The account id of all queues in fauxqs. */
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
