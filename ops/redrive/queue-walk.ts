// Goes through a queue and looks at each message once: whatever it received stays invisible to others until it is
// deleted or released, so that the same message does not come again within one run.
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
  /** When it was first sent, epoch milliseconds; moving to the dead letters does not change it. */
  readonly sentMillis: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface WalkOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Messages to receive at most. Each is remembered, 120,000 at most, which is what SQS lets be in flight. */
  readonly limit: number;
  /** Messages of one round, 1 to 10. */
  readonly roundSize: number;
  /** How long a message stays invisible when this process dies before it can release it. */
  readonly holdSeconds: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Why a walk ended: the queue had no more, or there may be more. */
export type WalkEnd = 'end' | 'limit' | 'time';

const messagesPerCall = 10;

/** Waiting makes SQS ask all its servers, so that an empty answer means an empty queue. */
const waitSeconds = 1;

export class QueueWalk {
  readonly #options: WalkOptions;
  readonly #startedAt: number;
  /** Receipts of what was received and not deleted, by message id. */
  readonly #held = new Map<string, string>();
  #received = 0;
  #later = 0;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  /** Messages that were sent after the walk began, by this machine's clock, and were therefore left. */
  get later(): number {
    return this.#later;
  }

  /**
   * The messages that were in the queue when the walk began, some at a time; returns why it ended. What was sent later
   * is left: it may be what this run put back and the recorder refused again.
   */
  async *rounds(): AsyncGenerator<readonly QueueMessage[], WalkEnd> {
    const { limit, holdSeconds, signal, now } = this.#options;
    // Held messages must not come back while the walk is on.
    const deadline = this.#startedAt + holdSeconds * 800;
    while (!signal.aborted) {
      if (this.#received >= limit) return 'limit';
      if (now() >= deadline) return 'time';
      const received = await this.#receive(limit - this.#received);
      if (received.length === 0) return 'end';
      const fresh = received.filter((message) => this.#hold(message)).map(toMessage);
      this.#received += fresh.length;
      const there = fresh.filter(({ sentMillis }) => sentMillis <= this.#startedAt);
      this.#later += fresh.length - there.length;
      yield there;
    }
    return 'end';
  }

  /** Deletes a message of a round. */
  async delete(message: QueueMessage): Promise<void> {
    const { client, queueUrl } = this.#options;
    const receipt = this.#held.get(message.id);
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
    this.#held.delete(message.id);
  }

  /** Makes what is still held visible again; resolves to how many come back only after `holdSeconds`. */
  async release(): Promise<number> {
    const receipts = [...this.#held.values()];
    this.#held.clear();
    let failed = 0;
    for (let start = 0; start < receipts.length; start += messagesPerCall) {
      failed += await this.#releaseSome(receipts.slice(start, start + messagesPerCall));
    }
    return failed;
  }

  async #receive(wanted: number): Promise<Message[]> {
    const { client, queueUrl, roundSize, holdSeconds } = this.#options;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(wanted, roundSize),
      VisibilityTimeout: holdSeconds,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    });
    // Never aborted: messages of an answer that nobody reads would stay out of sight.
    return (await client.send(command)).Messages ?? [];
  }

  /** Whether the message was not seen before. SQS may deliver one twice; the later receipt is the one that counts. */
  #hold({ MessageId = '', ReceiptHandle = '' }: Message): boolean {
    const isNew = !this.#held.has(MessageId);
    this.#held.set(MessageId, ReceiptHandle);
    return isNew;
  }

  async #releaseSome(receipts: readonly string[]): Promise<number> {
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
      // Out of reach: they come back by themselves.
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
