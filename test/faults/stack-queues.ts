// The stack's queues as an operator sees them: their depth, and redrive.
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalStack, StackStatus } from '../../local/stack/local-stack-types.ts';

export type QueueRole = 'Ingest' | 'DeadLetters' | 'Rejected' | 'Undelivered';

/** Finds a queue of the ingest path by its part of the logical id. */
export function findQueue(stack: LocalStack, role: QueueRole): StackStatus['queues'][number] {
  const found = stack.status().queues.find(({ logicalId }) => logicalId.includes(`Queues${role}`));
  if (found === undefined) throw new Error(`the stack has no queue ${role}`);
  return found;
}

export class StackQueues {
  readonly #client: SQSClient;

  /** `url` is the stack's gateway, `accessKeyId` that of the redrive role. */
  constructor(url: URL, region: string, accessKeyId: string) {
    this.#client = new SQSClient({
      endpoint: url.href,
      useQueueUrlAsEndpoint: false,
      region,
      credentials: { accessKeyId, secretAccessKey: 'local' },
    });
  }

  /** Messages that are visible, delayed or in flight. */
  async depth(QueueUrl: string): Promise<number> {
    const { Attributes } = await this.#client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const {
      ApproximateNumberOfMessages,
      ApproximateNumberOfMessagesNotVisible,
      ApproximateNumberOfMessagesDelayed,
    } = Attributes ?? {};
    return (
      Number(ApproximateNumberOfMessages) +
      Number(ApproximateNumberOfMessagesNotVisible) +
      Number(ApproximateNumberOfMessagesDelayed)
    );
  }

  /**
   * Requeues the dead letters whose deliveries all failed. Dead letters with a code, which the recorder itself
   * sent there, remain. Resolves to the number requeued.
   */
  async redrive(from: string, to: string): Promise<number> {
    let moved = 0;
    for (;;) {
      const { Messages = [] } = await this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl: from,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 30,
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return moved;
      for (const { Body, ReceiptHandle, MessageAttributes } of Messages) {
        if (MessageAttributes?.code !== undefined) continue;
        await this.#client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body }));
        await this.#client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
        moved += 1;
      }
    }
  }

  stop(): void {
    this.#client.destroy();
  }
}
