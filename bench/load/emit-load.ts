// Runs the emitter at full speed with several parallel calls. It pauses only while the queue is so full that the stack
// is the bottleneck. Like an outbox, it sends events again until they are published.
import { createEmitter, type EmitResult, type Emitter } from '../../emitter/emitter.ts';
import type { SealedEvent, ServiceEvent } from '../../emitter/event-types.ts';
import { generateSeedEvents, type SeedEvent } from '../seed-events.ts';
import { depthOf, type StackProcess } from './stack-process.ts';

/** The number of parallel `emit` calls, and the events of each, which take five PutEvents calls. */
const parallelEmits = 3;
const eventsPerEmit = 50;

/** The ingest queue depth above which the emitter pauses. A longer queue would measure the disk of this machine. */
const maxBacklog = 2_000;

/** More events than any run emits. */
const maxEvents = 1_000_000_000;

/** Emits generated events to a stack and counts the results. */
export class EmitLoad {
  readonly #stack: StackProcess;
  readonly #emitter: Emitter;
  readonly #events = generateSeedEvents(maxEvents, 3);
  readonly #unpublished: SealedEvent[] = [];
  /** The entry IDs of the published events. */
  readonly entryIds: string[] = [];
  /** The number of failed attempts by code, including those that succeeded later. */
  readonly failures: Record<string, number> = {};
  backlog = 0;

  private constructor(stack: StackProcess, emitter: Emitter) {
    this.#stack = stack;
    this.#emitter = emitter;
  }

  /** Creates an emitter for the stack's event bus. */
  static async create(stack: StackProcess): Promise<EmitLoad> {
    const { account, region, eventBuses } = await stack.status();
    const emitter = createEmitter({
      eventBusName: eventBuses[0] ?? '',
      clientConfig: {
        endpoint: stack.url,
        region,
        credentials: { accessKeyId: account, secretAccessKey: 'local' },
      },
    });
    return new EmitLoad(stack, emitter);
  }

  /** Emits at least `count` events and returns them. */
  async emitSome(count: number): Promise<SeedEvent[]> {
    const events: SeedEvent[] = [];
    while (events.length < count) events.push(...(await this.#emitRound()));
    return events;
  }

  /** Emits until the signal is aborted, and resolves when all pending calls have finished. */
  async run(signal: AbortSignal): Promise<void> {
    const worker = async () => {
      while (!signal.aborted) {
        if (this.backlog > maxBacklog) await pause(100);
        else await this.#emitRound();
      }
    };
    await Promise.all(Array.from({ length: parallelEmits }, worker));
  }

  /**
   * Publishes the failed events and waits until the ingest queue is empty. Fails if it does not shrink for eight
   * minutes.
   */
  async drain(): Promise<void> {
    while (this.#unpublished.length > 0) {
      this.#handleResults(await this.#emitter.send(this.#unpublished.splice(0, eventsPerEmit)));
    }
    let [lowest, lowestAt] = [Number.POSITIVE_INFINITY, Date.now()];
    for (;;) {
      this.backlog = depthOf(await this.#stack.status(), 'Ingest');
      if (this.backlog === 0) return;
      if (this.backlog < lowest) [lowest, lowestAt] = [this.backlog, Date.now()];
      // A failed message becomes visible again after six minutes.
      if (Date.now() - lowestAt > 8 * 60_000)
        throw new Error(`${this.backlog} events remain in the ingest queue`);
      await pause(250);
    }
  }

  async #emitRound(): Promise<SeedEvent[]> {
    const events: SeedEvent[] = [];
    for (let number = 0; number < eventsPerEmit; number++) events.push(this.#next());
    this.#handleResults(await this.#emitter.emit(events.map(toServiceEvent)));
    return events;
  }

  /** Returns the next event, with the current time. */
  #next(): SeedEvent {
    const { value } = this.#events.next();
    const occurredAt = new Date().toISOString();
    return { ...value, detail: { ...value.detail, occurredAt } };
  }

  #handleResults(results: readonly EmitResult[]): void {
    for (const result of results) {
      if (result.status === 'published') this.entryIds.push(result.entryId);
      else if (result.sealed !== undefined) {
        this.failures[result.code] = (this.failures[result.code] ?? 0) + 1;
        this.#unpublished.push(result.sealed);
      } else throw new Error(`a generated event violates the contract: ${result.message}`);
    }
  }
}

function toServiceEvent({ source, 'detail-type': detailType, detail }: SeedEvent): ServiceEvent {
  return { source, detailType, detail } as unknown as ServiceEvent;
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
