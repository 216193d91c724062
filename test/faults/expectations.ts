// What the settled stack must hold, made from the seed again: no memory of the storm but the times that it began at.
import { type ExpectedEntry, expectEntry, sha256 } from './expected-entry.ts';
import { maxClockSkewMillis } from './incidents.ts';
import { isLarge, makeStormEvent, type StormEvent } from './storm-event.ts';

export interface StormFacts {
  readonly seed: number;
  /** When the storm came to each event, epoch milliseconds. */
  readonly baseMillis: Float64Array;
  /** When the storm began and ended, epoch milliseconds. */
  readonly began: number;
  readonly ended: number;
}

/** Events kept, since those just made are often asked for again. */
const maxKept = 5_000;

export class Expectations {
  readonly #facts: StormFacts;
  readonly #kept = new Map<number, StormEvent>();
  readonly #entries = new WeakMap<StormEvent, ExpectedEntry[]>();
  /** Numbers of the events that reach the queue as bodies without a tag, by the body's SHA-256. */
  readonly bodies = new Map<string, number>();
  readonly counts = { valid: 0, contested: 0, poisoned: 0 };

  constructor(facts: StormFacts) {
    this.#facts = facts;
    for (const event of this.events()) {
      if (event.body !== undefined) this.bodies.set(sha256(event.body), event.number);
      this.counts[event.poison ? 'poisoned' : event.rival ? 'contested' : 'valid'] += 1;
    }
  }

  get size(): number {
    return this.#facts.baseMillis.length;
  }

  has(number: number | undefined): number is number {
    return number !== undefined && Number.isInteger(number) && number >= 0 && number < this.size;
  }

  event(number: number): StormEvent {
    const kept = this.#kept.get(number);
    if (kept !== undefined) return kept;
    const event = makeStormEvent(this.#facts.seed, number, this.#facts.baseMillis[number] ?? 0);
    if (this.#kept.size >= maxKept) this.#kept.clear();
    this.#kept.set(number, event);
    return event;
  }

  /** Whether the event's states are in the bucket. */
  isLarge(number: number): boolean {
    return isLarge(this.#facts.seed, number);
  }

  *events(): Generator<StormEvent> {
    for (let number = 0; number < this.size; number++) yield this.event(number);
  }

  /** The entries that the event may have become: none, one, or for a contested identity one of two. */
  entries(event: StormEvent): ExpectedEntry[] {
    if (event.poison !== undefined) return [];
    const made =
      this.#entries.get(event) ??
      [event.detail, ...(event.rival === undefined ? [] : [event.rival])].map((detail) =>
        expectEntry(event, detail),
      );
    this.#entries.set(event, made);
    return made;
  }

  /** Whether an entry may have been recorded then, the recorder's clock being off. */
  isWithinStorm(recordedAt: string): boolean {
    const millis = Date.parse(recordedAt);
    const { began, ended } = this.#facts;
    return millis >= began - maxClockSkewMillis && millis <= ended + maxClockSkewMillis;
  }
}
