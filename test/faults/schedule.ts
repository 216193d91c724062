// The order of the storm: which copy of which event comes next, and which incidents happen in between.
// Determined by the seed.
import type { Random } from '../../local/demo/random.ts';
import { randomFor } from './seeded.ts';
import { makeStormEvent, type StormEvent } from './storm-event.ts';

/** One delivery of an event. */
export interface Delivery {
  readonly event: StormEvent;
  /** Sent through the emitter, which seals and redacts it, or raw, as by a service without the emitter. */
  readonly isSealed: boolean;
  /** Whether this is the rival content under the event's identity. */
  readonly isRival: boolean;
  readonly isFirst: boolean;
}

/** Average number of deliveries between two incidents of a kind. */
export const incidents = {
  kill: { every: 1_000 },
  killBeforeWrite: { every: 1_500 },
  killAfterWrite: { every: 1_200 },
  freeze: { every: 5_000 },
  outage: { every: 3_000 },
  silence: { every: 9_000 },
  clock: { every: 1_000 },
  restart: { every: 6_000 },
} as const satisfies Record<string, { every: number }>;

export type Incident = keyof typeof incidents;

export type StormStep = { readonly delivery: Delivery } | { readonly incident: Incident };

export interface ScheduleOptions {
  readonly seed: number;
  readonly events: number;
  /** Fraction of the events that are sent ten times. All others are sent once. */
  readonly tenfoldShare: number;
  /** When the storm first reached an event, epoch milliseconds. The verifier uses the same times. */
  readonly baseMillisOf: (number: number) => number;
}

export const copies = 10;

/** Size of the window from which the next copy is picked at random. */
const shuffledTogether = 1_500;

/** The first incident of each kind happens within this number of deliveries. */
const firstIncidentsWithin = 900;

export function* scheduleStorm(options: ScheduleOptions): Generator<StormStep> {
  const random = randomFor(options.seed, 'order');
  const incidentsOf = planIncidents(options.seed);
  const waiting: Delivery[] = [];
  const takeAny = (): Delivery => {
    const index = random.integer(0, waiting.length - 1);
    const taken = waiting[index] as Delivery;
    waiting[index] = waiting.at(-1) as Delivery;
    waiting.pop();
    return taken;
  };
  let delivered = 0;
  function* deliver(untilWaiting: number): Generator<StormStep> {
    while (waiting.length > untilWaiting) {
      for (const incident of incidentsOf(delivered)) yield { incident };
      delivered += 1;
      yield { delivery: takeAny() };
    }
  }
  for (let number = 0; number < options.events; number++) {
    const event = makeStormEvent(options.seed, number, options.baseMillisOf(number));
    waiting.push(...copiesOf(event, options));
    yield* deliver(Math.min(shuffledTogether, options.events));
  }
  yield* deliver(0);
}

function copiesOf(event: StormEvent, { seed, tenfoldShare }: ScheduleOptions): Delivery[] {
  const random = randomFor(seed, `copies ${event.number}`);
  const count = random.chance(tenfoldShare) ? copies : 1;
  const mayBeSealed = event.poison === undefined;
  const contents = event.rival === undefined ? [false] : [false, true];
  return contents.flatMap((isRival) =>
    Array.from({ length: count }, (_, copy) => ({
      event,
      isRival,
      isFirst: copy === 0,
      isSealed: mayBeSealed && random.chance(copy === 0 ? 0.5 : 0.1),
    })),
  );
}

/** Returns the incidents before the delivery with this number. Call it for each delivery in order. */
function planIncidents(seed: number): (delivered: number) => Incident[] {
  const next = (Object.keys(incidents) as Incident[]).map((incident) => {
    const random = randomFor(seed, `incident ${incident}`);
    return { incident, random, at: random.integer(50, firstIncidentsWithin) };
  });
  return (delivered) => {
    const due = next.filter(({ at }) => at === delivered);
    for (const one of due) one.at += pauseUntilNext(one.random, incidents[one.incident].every);
    return due.map(({ incident }) => incident);
  };
}

function pauseUntilNext(random: Random, every: number): number {
  return random.integer(Math.ceil(every / 2), Math.floor(every * 1.5));
}
