// Computes what the settled stack must contain, from the seed alone. The storm passes on only the times of its
// events.
import { type ExpectedEntry, expectEntry, sha256 } from './expected-entry.ts';
import { maxClockSkewMillis } from './incidents.ts';
import { isLarge, makeStormEvent, type StormEvent } from './storm-event.ts';

export interface StormFacts {
  readonly seed: number;
  /** When the storm first reached each event, epoch milliseconds. */
  readonly baseMillis: Float64Array;
  /** When the storm began and ended, epoch milliseconds. */
  readonly began: number;
  readonly ended: number;
}

/** Cache size, because recent events are often requested again. */
const maxKept = 5_000;

export class Expectations {
  readonly #facts: StormFacts;
  readonly #kept = new Map<number, StormEvent>();
  readonly #entries = new WeakMap<StormEvent, ExpectedEntry[]>();
  /** Numbers of the events whose bodies carry no tag, by the SHA-256 of the body. */
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

  /** Whether the states of the event are in the overflow bucket. */
  isLarge(number: number): boolean {
    return isLarge(this.#facts.seed, number);
  }

  *events(): Generator<StormEvent> {
    for (let number = 0; number < this.size; number++) yield this.event(number);
  }

  /** The entries that the event can have: none, one, or for a contested identity one of two. */
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

  /** Whether an entry can have this recording time, given the clock skew of the recorder. */
  isWithinStorm(recordedAt: string): boolean {
    const millis = Date.parse(recordedAt);
    const { began, ended } = this.#facts;
    return millis >= began - maxClockSkewMillis && millis <= ended + maxClockSkewMillis;
  }
}
