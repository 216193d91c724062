// Simulates the ingest path at a rate of events, second by second: the queue with its redeliveries, the recorder's
// concurrency, the on-demand capacity of the table, the partitions of the indexes, and shards that grow. Numbers of
// events, not events.
import {
  type CapacityPlan,
  type ExpectedLoad,
  eventsPerBatchSecond,
  newTableWritesPerSecond,
} from '../core/deployment/capacity-plan.ts';
import { lateAfterMillis } from '../core/entry/entry.ts';
import { chooseShardCount } from '../core/recording/shard-growth.ts';
import { stepLeadMillis } from '../core/storage/shard-step-cache.ts';
import { defaultShardWritesPerSecond, indexKeys, partitionWritesPerSecond } from '../core/storage/shards.ts';
import type { IndexKey } from '../core/storage/table-attributes.ts';

/**
 * Waits before redelivery after the first and second delivery, in seconds, at most; then the queue's visibility
 * timeout.
 */
const redeliverySeconds = [8, 30];
const visibilityTimeoutSeconds = 361;
const maxReceiveCount = 7;

const halfHourSeconds = 1800;

export interface RateScenario {
  readonly load: ExpectedLoad;
  readonly settings: Pick<CapacityPlan, 'shards' | 'recorderConcurrency'>;
  /** Writes per second to which table and indexes were warmed. */
  readonly warmWritesPerSecond: number;
  /** The rate grows evenly for this time, and then stays. */
  readonly rampSeconds: number;
  readonly steadySeconds: number;
  /** Whether busy values get more shards by themselves. */
  readonly grows?: boolean;
  /** Events that wait in the queue at the start, and occurred before it. */
  readonly backlog?: { readonly events: number; readonly ageSeconds: number };
}

export interface RateOutcome {
  readonly recorded: number;
  readonly deadLetters: number;
  /** Deliveries that failed because a partition or the table was throttled. */
  readonly throttled: number;
  /** Seconds from the event to its entry: the 99th percentile. */
  readonly p99Seconds: number;
  /** Seconds until the backlog is recorded, or 0 without one. */
  readonly drainSeconds: number;
  /** The shards that each index has at the end. */
  readonly shards: Readonly<Record<IndexKey, number>>;
}

/** Events that arrived in the same second and were delivered the same number of times. */
interface Group {
  readonly arrivedAt: number;
  readonly deliveries: number;
  readonly count: number;
}

/** Runs the scenario until the queue is empty. Takes the longest wait where the product draws one at random. */
export function simulateRate(scenario: RateScenario): RateOutcome {
  const { load, settings, rampSeconds, steadySeconds, backlog } = scenario;
  const due = new Map<number, Group[]>();
  const put = (at: number, group: Group) => due.set(at, [...(due.get(at) ?? []), group]);
  if (backlog !== undefined) {
    put(0, { arrivedAt: -backlog.ageSeconds, deliveries: 0, count: backlog.events });
  }
  for (let second = 0; second < rampSeconds + steadySeconds; second++) {
    const count = load.ratePerSecond * Math.min(1, (second + 1) / rampSeconds);
    put(second, { arrivedAt: second, deliveries: 0, count });
  }
  const shards = new GrowingShards(scenario);
  const written: number[] = [];
  const delays = new Map<number, number>();
  let waiting: Group[] = [];
  let [recorded, deadLetters, throttled, drainSeconds] = [0, 0, 0, 0];
  for (let now = 0; due.size > 0 || waiting.length > 0; now++) {
    waiting.push(...(due.get(now) ?? []));
    due.delete(now);
    let capacity = settings.recorderConcurrency * eventsPerBatchSecond;
    let writable = onDemandWrites(scenario, Math.max(0, ...written.slice(-halfHourSeconds)));
    let writes = 0;
    const later: Group[] = [];
    shards.startSecond(now);
    for (const group of waiting) {
      const taken = Math.min(group.count, capacity);
      capacity -= taken;
      if (taken < group.count) later.push({ ...group, count: group.count - taken });
      if (taken === 0) continue;
      const done = shards.write(group.arrivedAt, Math.min(taken, writable));
      writable -= done;
      writes += done;
      recorded += done;
      if (group.arrivedAt < 0 && done > 0) drainSeconds = now + 1;
      delays.set(now - group.arrivedAt + 1, (delays.get(now - group.arrivedAt + 1) ?? 0) + done);
      const failed = taken - done;
      if (failed === 0) continue;
      throttled += failed;
      const deliveries = group.deliveries + 1;
      if (deliveries === maxReceiveCount) deadLetters += failed;
      else {
        const wait = redeliverySeconds[deliveries - 1] ?? visibilityTimeoutSeconds;
        put(now + wait, { arrivedAt: group.arrivedAt, deliveries, count: failed });
      }
    }
    waiting = later;
    written.push(writes);
  }
  const p99Seconds = findQuantile(delays, recorded, 0.99);
  return { recorded, deadLetters, throttled, p99Seconds, drainSeconds, shards: shards.latest };
}

/** The busiest shard at the limit has three standard deviations more than an even share of the value's events. */
const unevenness = 1 + 3 / Math.sqrt(partitionWritesPerSecond);

function onDemandWrites({ warmWritesPerSecond }: RateScenario, peak: number): number {
  return Math.max(newTableWritesPerSecond, warmWritesPerSecond, 2 * peak);
}

/**
 * The shards of the busiest value of each index. Every count of shards uses the first one, so it is the busiest and
 * limits the writes of a second.
 */
class GrowingShards {
  readonly #scenario: RateScenario;
  readonly #steps: Readonly<Record<IndexKey, { readonly from: number; readonly shards: number }[]>>;
  readonly #freeInFirst: Record<IndexKey, number>;
  #writesOfMinute = new Map<IndexKey, number>();
  #now = 0;

  constructor(scenario: RateScenario) {
    this.#scenario = scenario;
    const of = <T>(make: (index: IndexKey) => T) =>
      Object.fromEntries(indexKeys.map((index) => [index, make(index)])) as Record<IndexKey, T>;
    const { shards } = scenario.settings;
    this.#steps = of((index) => [{ from: Number.NEGATIVE_INFINITY, shards: shards[index] }]);
    this.#freeInFirst = of(() => 0);
  }

  get latest(): Readonly<Record<IndexKey, number>> {
    const entries = indexKeys.map((index) => [index, this.#steps[index].at(-1)?.shards ?? 1]);
    return Object.fromEntries(entries) as Record<IndexKey, number>;
  }

  startSecond(now: number): void {
    for (const index of indexKeys) this.#freeInFirst[index] = partitionWritesPerSecond;
    if (now % 60 === 0) this.#writesOfMinute = new Map();
    this.#now = now;
  }

  /** Writes as many of the events as every index takes, and returns the number. */
  write(arrivedAt: number, events: number): number {
    const uses = indexKeys.flatMap((index) => {
      const share = this.#scenario.load.busiestShares[index];
      if (share === 0) return [];
      const shards = this.#steps[index].findLast(({ from }) => from <= arrivedAt)?.shards ?? 1;
      return [{ index, share, inFirst: (share * (shards === 1 ? 1 : unevenness)) / shards }];
    });
    const limits = uses.map(({ index, inFirst }) => this.#freeInFirst[index] / inFirst);
    const done = Math.min(events, ...limits);
    for (const { index, share, inFirst } of uses) {
      this.#freeInFirst[index] = Math.max(0, this.#freeInFirst[index] - done * inFirst);
      if (this.#now - arrivedAt <= lateAfterMillis / 1000) this.#count(index, done * share);
    }
    return done;
  }

  #count(index: IndexKey, writes: number): void {
    if (this.#scenario.grows !== true) return;
    const total = (this.#writesOfMinute.get(index) ?? 0) + writes;
    this.#writesOfMinute.set(index, total);
    const elapsedMillis = ((this.#now % 60) + 1) * 1000;
    const present = this.#steps[index].at(-1)?.shards ?? 1;
    const shards = chooseShardCount(present, total, elapsedMillis, defaultShardWritesPerSecond);
    if (shards !== undefined)
      this.#steps[index].push({ from: this.#now + 1 + stepLeadMillis / 1000, shards });
  }
}

function findQuantile(counts: ReadonlyMap<number, number>, total: number, share: number): number {
  let passed = 0;
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    passed += count;
    if (passed >= share * total) return value;
  }
  return Number.NaN;
}
