// Sends deliveries to the bus, through the emitter or raw, or directly to the ingest queue. Transient failures
// remain here, as in the outbox of a service, and are sent again.
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { readOptions } from '../../emitter/emitter.ts';
import {
  createEmitter,
  type Emitter,
  type SealedEvent,
  type ServiceEvent,
  seal,
} from '../../emitter/index.ts';
import { publish } from '../../emitter/publish.ts';
import type { Delivery } from './schedule.ts';
import { ownAccount, type StormEvent } from './storm-event.ts';

export interface SendersOptions {
  readonly gatewayUrl: string;
  /** URL of the proxy in front of the bus. */
  readonly busUrl: string;
  readonly eventBusName: string;
  readonly region: string;
  readonly ingestQueueUrl: string;
  /** Access key id of the redrive role, which can send to the ingest queue. */
  readonly queueAccessKeyId: string;
}

const publishing = { maxAttempts: 3, baseDelayMillis: 20, maxDelayMillis: 500, callTimeoutMillis: 4_000 };

export class Senders {
  readonly #options: SendersOptions;
  readonly #queueClient: SQSClient;
  readonly #emitter: Emitter;
  readonly #clients = new Map<string, EventBridgeClient>();
  readonly #sealed = new WeakMap<object, SealedEvent>();
  #outbox: Delivery[] = [];
  /** Deliveries that the bus or the queue accepted. */
  taken = 0;
  /** Deliveries that were resent from the outbox. */
  resent = 0;

  constructor(options: SendersOptions) {
    this.#options = options;
    this.#queueClient = new SQSClient({
      ...this.#configFor(options.queueAccessKeyId),
      endpoint: options.gatewayUrl,
    });
    this.#emitter = createEmitter({ ...this.#publishingOptions(ownAccount) });
  }

  /**
   * Sends the deliveries and the content of the outbox. Fails on a permanent failure, which no event of the
   * storm can cause.
   */
  async send(deliveries: readonly Delivery[]): Promise<void> {
    const all = [...this.#outbox, ...deliveries];
    this.resent += this.#outbox.length;
    this.#outbox = [];
    const direct = all.filter(({ event }) => event.body !== undefined);
    const sealed = all.filter(({ event, isSealed }) => event.body === undefined && isSealed);
    const raw = all.filter(({ event, isSealed }) => event.body === undefined && !isSealed);
    await this.#sendSealed(sealed);
    for (const [account, group] of Map.groupBy(raw, ({ event }) => event.account))
      await this.#sendRaw(account, group);
    for (const delivery of direct) await this.#sendDirect(delivery);
  }

  get waiting(): number {
    return this.#outbox.length;
  }

  stop(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#queueClient.destroy();
  }

  async #sendSealed(deliveries: readonly Delivery[]): Promise<void> {
    const results = await this.#emitter.send(deliveries.map((delivery) => this.#seal(delivery)));
    results.forEach((result, index) => {
      this.#settle(deliveries[index] as Delivery, result.status === 'failed' ? result : undefined);
    });
  }

  async #sendRaw(account: string, deliveries: readonly Delivery[]): Promise<void> {
    const entries = deliveries.map((delivery) => {
      const { source, detailType } = delivery.event;
      return { source, detailType, detail: JSON.stringify(contentOf(delivery)), time: undefined };
    });
    const outcomes = await publish(entries, readOptions(this.#publishingOptions(account)));
    outcomes.forEach((outcome, index) => {
      this.#settle(deliveries[index] as Delivery, 'failure' in outcome ? outcome.failure : undefined);
    });
  }

  async #sendDirect(delivery: Delivery): Promise<void> {
    try {
      await this.#queueClient.send(
        new SendMessageCommand({ QueueUrl: this.#options.ingestQueueUrl, MessageBody: delivery.event.body }),
      );
      this.#settle(delivery, undefined);
    } catch (error) {
      this.#settle(delivery, { code: (error as Error).name, message: String(error), retryable: true });
    }
  }

  #settle(
    delivery: Delivery,
    failure: { code: string; message: string; retryable: boolean } | undefined,
  ): void {
    if (failure === undefined) this.taken += 1;
    else if (failure.retryable) this.#outbox.push(delivery);
    else
      throw new Error(`event ${delivery.event.number} cannot be sent: ${failure.code}: ${failure.message}`);
  }

  #seal(delivery: Delivery): SealedEvent {
    const content = contentOf(delivery);
    const known = this.#sealed.get(content);
    if (known !== undefined) return known;
    const sealed = seal({
      detailType: delivery.event.detailType,
      detail: content,
    } as unknown as ServiceEvent);
    this.#sealed.set(content, sealed);
    return sealed;
  }

  #publishingOptions(account: string) {
    const client =
      this.#clients.get(account) ??
      new EventBridgeClient({ ...this.#configFor(account), endpoint: this.#options.busUrl });
    this.#clients.set(account, client);
    return { ...publishing, client, eventBusName: this.#options.eventBusName };
  }

  #configFor(account: string) {
    return { region: this.#options.region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
  }
}

function contentOf({ event, isRival }: Delivery): StormEvent['detail'] {
  return isRival && event.rival !== undefined ? event.rival : event.detail;
}
