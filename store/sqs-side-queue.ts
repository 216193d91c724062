// An SQS queue that the recorder sends to.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SideQueue } from '../core/storage/ports.ts';
import { asStoreError } from './unavailable.ts';

/** Maximum bytes of a message with its attributes (the SQS quota is 1 MiB). */
const maxMessageBytes = 1024 * 1024;

export class SqsSideQueue implements SideQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor({ client, queueUrl }: { readonly client: SQSClient; readonly queueUrl: string }) {
    this.#client = client;
    this.#queueUrl = queueUrl;
  }

  /** Omits the attributes when they do not fit next to the body. */
  async send(body: string, attributes: Readonly<Record<string, string>>): Promise<void> {
    const attributeBytes = Object.entries(attributes).reduce(
      (sum, [name, value]) => sum + Buffer.byteLength(name + value) + 'String'.length,
      0,
    );
    const fits = Buffer.byteLength(body) + attributeBytes <= maxMessageBytes;
    try {
      await this.#client.send(
        new SendMessageCommand({
          QueueUrl: this.#queueUrl,
          MessageBody: body,
          MessageAttributes: fits
            ? Object.fromEntries(
                Object.entries(attributes).map(([name, value]) => [
                  name,
                  { DataType: 'String', StringValue: value },
                ]),
              )
            : undefined,
        }),
      );
    } catch (error) {
      throw asStoreError(error);
    }
  }
}
