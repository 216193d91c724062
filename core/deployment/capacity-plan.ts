// Calculates what a rate of events needs: shards, concurrent batches, and write capacity. Pure; changes nothing.
import { indexKeys, maxShards, partitionWritesPerSecond } from '../storage/shards.ts';
import type { IndexKey } from '../storage/table-attributes.ts';

/** Writes per second that a new on-demand table, and each of its indexes, takes without warm throughput. */
export const newTableWritesPerSecond = 4000;

/** The time to record a batch of 100 events, in seconds. Estimated, not measured on Lambda. */
const secondsOfBatch = 0.55;
const eventsOfBatch = 100;

/** Events per second that one concurrent batch records. */
export const eventsPerBatchSecond = eventsOfBatch / secondsOfBatch;

/** The share of each limit that a plan uses, so that uneven seconds and retries fit. */
const targetUtilization = 0.7;

/** The limits of the setting `recorderConcurrency`. */
const minConcurrency = 10;
const maxConcurrency = 1000;

/** What to plan for. */
export interface ExpectedLoad {
  /** Events per second. */
  readonly ratePerSecond: number;
  /** For each index, the share of all events that its busiest value has, from 0 to 1. */
  readonly busiestShares: Readonly<Record<IndexKey, number>>;
}

/**
 * The worst case for what cannot be spread: all events in one organization, with one action, and all denied. The others
 * are assumptions.
 */
export const defaultShares: ExpectedLoad['busiestShares'] = {
  time: 1,
  user: 0.1,
  action: 1,
  accountRegion: 0.5,
  resourceName: 0.1,
  finding: 1,
};

/** What the load needs. */
export interface CapacityPlan {
  /** Shards of each index. */
  readonly shards: Readonly<Record<IndexKey, number>>;
  /** The setting `recorderConcurrency`, which is also the concurrency of the Lambda function. */
  readonly recorderConcurrency: number;
  /** Writes per second of the table and of each index. */
  readonly writesPerSecond: number;
  /** Whether a new table must be warmed before the load. */
  readonly needsWarmThroughput: boolean;
  /** What no setting can fix, one sentence each. Empty if the plan is enough. */
  readonly problems: readonly string[];
}

/** Plans for a load. Each event is one write of the table and at most one of each index. */
export function planCapacity({ ratePerSecond, busiestShares }: ExpectedLoad): CapacityPlan {
  const writesPerShard = partitionWritesPerSecond * targetUtilization;
  const needed = (index: IndexKey) =>
    Math.max(1, Math.ceil((ratePerSecond * busiestShares[index]) / writesPerShard));
  const shards = Object.fromEntries(indexKeys.map((index) => [index, Math.min(maxShards, needed(index))]));
  const batches = Math.ceil(ratePerSecond / (eventsPerBatchSecond * targetUtilization));
  return {
    shards: shards as Record<IndexKey, number>,
    recorderConcurrency: Math.min(maxConcurrency, Math.max(minConcurrency, batches)),
    writesPerSecond: ratePerSecond,
    needsWarmThroughput: ratePerSecond > newTableWritesPerSecond * targetUtilization,
    problems: [
      ...indexKeys
        .filter((index) => needed(index) > maxShards)
        .map(
          (index) =>
            `the busiest value of the index ${index} needs ${needed(index)} shards, and at most ${maxShards} are allowed`,
        ),
      ...(batches > maxConcurrency
        ? [`the recorder needs ${batches} concurrent batches, and at most ${maxConcurrency} are allowed`]
        : []),
    ],
  };
}
