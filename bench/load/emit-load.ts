// Our emitter at full speed: several calls at once, held back only when the queue is so full that the stack is what
// limits. Events that are not published at first are sent again until they are, as an outbox does.
import { createEmitter, type EmitResult, type Emitter } from '../../emitter/emitter.ts';
import type { SealedEvent, ServiceEvent } from '../../emitter/event-types.ts';
import { generateSeedEvents, type SeedEvent } from '../seed-events.ts';
import { depthOf, type StackProcess } from './stack-process.ts';

/** Emits at the same time, and events of each: five PutEvents calls. */
const emits = 3;
const eventsPerEmit = 50;

/** Above this depth of the ingest queue the emitter waits; a longer queue would measure this machine's disk. */
const maxBacklog = 2_000;

/** So many that the seed's draws do not end. */
const plenty = 1_000_000_000;

export class EmitLoad {
  readonly #stack: StackProcess;
  readonly #emitter: Emitter;
  readonly #events = generateSeedEvents(plenty, 3);
  readonly #unpublished: SealedEvent[] = [];
  /** Ids that the entries of published events must have. */
  readonly entryIds: string[] = [];
  /** Failures by code, those that a later attempt mended included. */
  readonly failures: Record<string, number> = {};
  backlog = 0;

  private constructor(stack: StackProcess, emitter: Emitter) {
    this.#stack = stack;
    this.#emitter = emitter;
  }

  static async on(stack: StackProcess): Promise<EmitLoad> {
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

  /** Emits so many events; resolves to them. */
  async emitSome(count: number): Promise<SeedEvent[]> {
    const events: SeedEvent[] = [];
    while (events.length < count) events.push(...(await this.#emitRound()));
    return events;
  }

  /** Emits until the signal, and resolves when what was under way has ended. */
  async run(signal: AbortSignal): Promise<void> {
    const worker = async () => {
      while (!signal.aborted) {
        if (this.backlog > maxBacklog) await pause(100);
        else await this.#emitRound();
      }
    };
    await Promise.all(Array.from({ length: emits }, worker));
  }

  /** Publishes what failed, and waits until the ingest queue is empty. Fails when it does not get shorter for a minute. */
  async drain(): Promise<void> {
    while (this.#unpublished.length > 0) {
      this.#keep(await this.#emitter.send(this.#unpublished.splice(0, eventsPerEmit)));
    }
    let [least, since] = [Number.POSITIVE_INFINITY, Date.now()];
    for (;;) {
      this.backlog = depthOf(await this.#stack.status(), 'Ingest');
      if (this.backlog === 0) return;
      if (this.backlog < least) [least, since] = [this.backlog, Date.now()];
      // The visibility timeout of a message that failed is six minutes.
      if (Date.now() - since > 8 * 60_000) throw new Error(`${this.backlog} events stay in the ingest queue`);
      await pause(250);
    }
  }

  async #emitRound(): Promise<SeedEvent[]> {
    const events: SeedEvent[] = [];
    for (let number = 0; number < eventsPerEmit; number++) events.push(this.#next());
    this.#keep(await this.#emitter.emit(events.map(toServiceEvent)));
    return events;
  }

  /** The next event, happening now. */
  #next(): SeedEvent {
    const { value } = this.#events.next();
    const occurredAt = new Date().toISOString();
    return { ...value, detail: { ...value.detail, occurredAt } };
  }

  #keep(fates: readonly EmitResult[]): void {
    for (const fate of fates) {
      if (fate.status === 'published') this.entryIds.push(fate.entryId);
      else if (fate.sealed !== undefined) {
        this.failures[fate.code] = (this.failures[fate.code] ?? 0) + 1;
        this.#unpublished.push(fate.sealed);
      } else throw new Error(`an event of the load breaks the contract: ${fate.message}`);
    }
  }
}

function toServiceEvent({ source, 'detail-type': detailType, detail }: SeedEvent): ServiceEvent {
  return { source, detailType, detail } as unknown as ServiceEvent;
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
