// Reads each message of a queue once. Received messages stay invisible until they are deleted or released, so that no
// message is received twice in one run.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** When the message was first sent, epoch milliseconds. A move to the dead-letter queue does not change it. */
  readonly sentMillis: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface WalkOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Maximum number of messages to receive. They stay in flight, so the limit must be below the 120,000 of SQS. */
  readonly limit: number;
  /** Messages in one batch, 1 to 10. */
  readonly batchSize: number;
  /** Visibility timeout in seconds: how long a message stays invisible when this process dies before releasing it. */
  readonly visibilityTimeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Why a walk ended: the queue is empty (`end`), or it can contain more messages. */
export type WalkEnd = 'end' | 'limit' | 'time';

const messagesPerCall = 10;

/** Long polling makes SQS query all its servers, so that an empty response means an empty queue. */
const waitSeconds = 1;

export class QueueWalk {
  readonly #options: WalkOptions;
  readonly #startedAt: number;
  /** Receipt handles of received messages that are not deleted, by message id. */
  readonly #receipts = new Map<string, string>();
  #received = 0;
  #sentLater = 0;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  /** Number of messages that were sent after the walk began, by this machine's clock, and were left in the queue. */
  get sentLater(): number {
    return this.#sentLater;
  }

  /**
   * Yields the messages that were in the queue when the walk began, in batches, and returns why it ended. Leaves
   * messages that were sent later: this run may have requeued them and the recorder rejected them again.
   */
  async *batches(): AsyncGenerator<readonly QueueMessage[], WalkEnd> {
    const { limit, visibilityTimeoutSeconds, signal, now } = this.#options;
    // Ends before the first messages become visible again.
    const deadline = this.#startedAt + visibilityTimeoutSeconds * 800;
    while (!signal.aborted) {
      if (this.#received >= limit) return 'limit';
      if (now() >= deadline) return 'time';
      const received = await this.#receive(limit - this.#received);
      if (received.length === 0) return 'end';
      const fresh = received.filter((message) => this.#remember(message)).map(toMessage);
      this.#received += fresh.length;
      const present = fresh.filter(({ sentMillis }) => sentMillis <= this.#startedAt);
      this.#sentLater += fresh.length - present.length;
      yield present;
    }
    return 'end';
  }

  /** Deletes a message of the current batch. */
  async delete(message: QueueMessage): Promise<void> {
    const { client, queueUrl } = this.#options;
    const receipt = this.#receipts.get(message.id);
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
    this.#receipts.delete(message.id);
  }

  /**
   * Makes all other messages visible again. Resolves to the number that failed, which the visibility timeout returns.
   */
  async release(): Promise<number> {
    const receipts = [...this.#receipts.values()];
    this.#receipts.clear();
    let failed = 0;
    for (let start = 0; start < receipts.length; start += messagesPerCall) {
      failed += await this.#releaseBatch(receipts.slice(start, start + messagesPerCall));
    }
    return failed;
  }

  async #receive(wanted: number): Promise<Message[]> {
    const { client, queueUrl, batchSize, visibilityTimeoutSeconds } = this.#options;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(wanted, batchSize),
      VisibilityTimeout: visibilityTimeoutSeconds,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    });
    // Not aborted: the messages of a response that is dropped would stay invisible.
    return (await client.send(command)).Messages ?? [];
  }

  /** Returns whether the message is new. SQS can deliver a message twice; only its latest receipt handle is valid. */
  #remember({ MessageId = '', ReceiptHandle = '' }: Message): boolean {
    const isNew = !this.#receipts.has(MessageId);
    this.#receipts.set(MessageId, ReceiptHandle);
    return isNew;
  }

  async #releaseBatch(receipts: readonly string[]): Promise<number> {
    const { client, queueUrl } = this.#options;
    const entries = receipts.map((ReceiptHandle, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    try {
      const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries });
      return (await client.send(command)).Failed?.length ?? 0;
    } catch {
      // Unreachable: the visibility timeout makes the messages visible again.
      return receipts.length;
    }
  }
}

function toMessage({ MessageId = '', Body = '', Attributes, MessageAttributes = {} }: Message): QueueMessage {
  return {
    id: MessageId,
    body: Body,
    sentMillis: Number(Attributes?.SentTimestamp ?? 0),
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).flatMap(([name, { StringValue }]) =>
        StringValue === undefined ? [] : [[name, StringValue]],
      ),
    ),
  };
}
