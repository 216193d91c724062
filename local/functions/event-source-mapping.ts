// Emulates Lambda's event source mapping for SQS with the permissions of the function: receives batches, invokes the
// function, deletes the messages that succeeded, and leaves the others to the visibility timeout.
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describeError } from '../shared/errors.ts';
import { readFailedMessages } from './batch-response.ts';
import type { FunctionPool } from './pool.ts';
import { sqsEvent } from './sqs-event.ts';

export interface MappingOptions {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly batchSize: number;
  readonly windowMillis: number;
  readonly concurrency: number;
  readonly reportsItemFailures: boolean;
  /** Signs with the credentials of the function, so that its role is checked. */
  readonly client: SQSClient;
  readonly report: (line: string) => void;
}

export interface EventSourceMapping {
  readonly queueName: string;
  /** Returns the receipt handles of messages that failed since the last call. They are invisible until the timeout. */
  takeFailed(): string[];
  /** Stops receiving. Resolves when the running batches have ended. */
  stop(): Promise<void>;
}

/** Below the 6 MB limit of an event. Further messages wait for the next batch. */
const maxBatchBytes = 5.5 * 1024 * 1024;

const longPollSeconds = 20;
const messagesPerReceive = 10;
const pauseAfterErrorMillis = 1_000;
const maxRememberedFailures = 1_000;

export function startEventSourceMapping(pool: FunctionPool, options: MappingOptions): EventSourceMapping {
  const stopping = new AbortController();
  let lastProblem = '';
  let failedReceipts: string[] = [];

  async function receive(count: number, waitSeconds: number): Promise<Message[]> {
    const { Messages = [] } = await options.client.send(
      new ReceiveMessageCommand({
        QueueUrl: options.queueUrl,
        MaxNumberOfMessages: Math.min(count, messagesPerReceive),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal: stopping.signal },
    );
    return Messages;
  }

  async function gatherBatch(): Promise<Message[]> {
    const batch = await receive(options.batchSize, longPollSeconds);
    const deadline = Date.now() + options.windowMillis;
    while (batch.length > 0 && batch.length < options.batchSize && bytesOf(batch) < maxBatchBytes) {
      const secondsLeft = Math.ceil((deadline - Date.now()) / 1000);
      if (secondsLeft <= 0 || stopping.signal.aborted) break;
      const more = await receive(options.batchSize - batch.length, secondsLeft).catch(
        whenStopping(stopping.signal),
      );
      batch.push(...more);
    }
    return batch;
  }

  async function handle(batch: readonly Message[]): Promise<void> {
    const failed = await invoke(batch);
    const isFailed = ({ MessageId = '' }: Message) => failed === 'all' || failed.includes(MessageId);
    const receipts = batch.filter(isFailed).map(({ ReceiptHandle = '' }) => ReceiptHandle);
    failedReceipts = [...failedReceipts, ...receipts].slice(-maxRememberedFailures);
    await remove(batch.filter((message) => !isFailed(message)));
  }

  async function invoke(batch: readonly Message[]): Promise<readonly string[] | 'all'> {
    const result = await pool.invoke(JSON.stringify(sqsEvent(batch, options.queueArn, options.region)));
    if (result.failure !== undefined) return 'all';
    const ids = batch.map(({ MessageId = '' }) => MessageId);
    const failed = options.reportsItemFailures ? readFailedMessages(result.payload, ids) : [];
    if (failed === 'all') {
      options.report(
        `${pool.lambda.logicalId} returned an invalid batch response: all messages of the batch count as failed`,
      );
    }
    return failed;
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    for (let start = 0; start < messages.length; start += messagesPerReceive) {
      await options.client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: options.queueUrl,
          Entries: messages
            .slice(start, start + messagesPerReceive)
            .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    }
  }

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const batch = await gatherBatch();
        if (batch.length > 0) await handle(batch);
        lastProblem = '';
      } catch (error) {
        if (stopping.signal.aborted) return;
        const problem = `${pool.lambda.logicalId} cannot receive from its queue: ${describeError(error)}`;
        if (problem !== lastProblem) options.report(problem);
        lastProblem = problem;
        await new Promise((resolve) => setTimeout(resolve, pauseAfterErrorMillis));
      }
    }
  }

  const pollers = Array.from({ length: options.concurrency }, poll);
  return {
    queueName: options.queueArn.split(':').at(-1) ?? '',
    takeFailed: () => {
      const taken = failedReceipts;
      failedReceipts = [];
      return taken;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(pollers);
      options.client.destroy();
    },
  };
}

/** Ends the collection of a batch when the stack stops, so that the messages received so far are still processed. */
function whenStopping(signal: AbortSignal): (error: unknown) => Message[] {
  return (error) => {
    if (signal.aborted) return [];
    throw error;
  };
}

function bytesOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { Body = '' }) => sum + Buffer.byteLength(Body), 0);
}
