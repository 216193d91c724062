// Simulates the ingest path at a rate of events, second by second: the queue with its redeliveries, the recorder's
// concurrency, the on-demand capacity of the table, and the partitions of the indexes. Numbers of events, not events.
import {
  type CapacityPlan,
  type ExpectedLoad,
  eventsPerBatchSecond,
  newTableWritesPerSecond,
} from '../core/deployment/capacity-plan.ts';
import { indexKeys, partitionWritesPerSecond } from '../core/storage/shards.ts';

/** Waits before redelivery after the first and second delivery, in seconds, at most; then the queue's visibility timeout. */
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
}

export interface RateOutcome {
  readonly recorded: number;
  readonly deadLetters: number;
  /** Deliveries that failed because a partition or the table was throttled. */
  readonly throttled: number;
  /** Seconds from the event to its entry: the 99th percentile. */
  readonly p99Seconds: number;
}

/** Events that arrived in the same second and were delivered the same number of times. */
interface Group {
  readonly arrivedAt: number;
  readonly deliveries: number;
  readonly count: number;
}

/** Runs the scenario until the queue is empty. Takes the longest wait where the product draws one at random. */
export function simulateRate(scenario: RateScenario): RateOutcome {
  const { load, settings, rampSeconds, steadySeconds } = scenario;
  const due = new Map<number, Group[]>();
  const put = (at: number, group: Group) => due.set(at, [...(due.get(at) ?? []), group]);
  for (let second = 0; second < rampSeconds + steadySeconds; second++) {
    const count = load.ratePerSecond * Math.min(1, (second + 1) / rampSeconds);
    put(second, { arrivedAt: second, deliveries: 0, count });
  }
  const written: number[] = [];
  const delays = new Map<number, number>();
  let waiting: Group[] = [];
  let [recorded, deadLetters, throttled] = [0, 0, 0];
  for (let now = 0; due.size > 0 || waiting.length > 0; now++) {
    waiting.push(...(due.get(now) ?? []));
    due.delete(now);
    let capacity = settings.recorderConcurrency * eventsPerBatchSecond;
    let writable = writesPossible(scenario, Math.max(0, ...written.slice(-halfHourSeconds)));
    let writes = 0;
    const later: Group[] = [];
    for (const group of waiting) {
      const taken = Math.min(group.count, capacity);
      capacity -= taken;
      if (taken < group.count) later.push({ ...group, count: group.count - taken });
      if (taken === 0) continue;
      const done = Math.min(taken, writable);
      writable -= done;
      writes += done;
      recorded += done;
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
  return { recorded, deadLetters, throttled, p99Seconds: findQuantile(delays, recorded, 0.99) };
}

/** Events that can be written in a second: the least that the table and the busiest partition of each index allow. */
function writesPossible({ load, settings, warmWritesPerSecond }: RateScenario, peak: number): number {
  const onDemand = Math.max(newTableWritesPerSecond, warmWritesPerSecond, 2 * peak);
  const byPartition = indexKeys.map((index) => {
    const shards = settings.shards[index];
    // Three standard deviations above an even share of the busiest value's events.
    const mean = (load.ratePerSecond * load.busiestShares[index]) / shards;
    const unevenness = shards === 1 ? 1 : 1 + 3 / Math.sqrt(Math.max(1, mean));
    return load.busiestShares[index] === 0
      ? Number.POSITIVE_INFINITY
      : (partitionWritesPerSecond * shards) / (load.busiestShares[index] * unevenness);
  });
  return Math.min(onDemand, ...byPartition);
}

function findQuantile(counts: ReadonlyMap<number, number>, total: number, share: number): number {
  let passed = 0;
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    passed += count;
    if (passed >= share * total) return value;
  }
  return Number.NaN;
}
