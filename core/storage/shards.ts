// Defines the setting `indexShards`: the number of shards that every value of an index starts with, and the dates from
// which it applies. A new count applies only from its start date, so that older entries stay in their partitions.
import * as z from 'zod/mini';
import { parseUtcDay } from '../values/timestamp.ts';
import { type IndexKey, indexNames } from './table-attributes.ts';

/**
 * Writes per second that a partition takes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html).
 */
export const partitionWritesPerSecond = 1000;

/**
 * Writes per second and shard, on average in a minute, from which a value gets more shards unless a setting says
 * otherwise: half of what a partition takes, because the shards are used only minutes later.
 */
export const defaultShardWritesPerSecond = partitionWritesPerSecond / 2;

/** The maximum number of shards of a value of an index. */
export const maxShards = 64;

const shardSteps = z.array(
  z.strictObject({
    from: z.string().check(z.refine((day) => parseUtcDay(day) !== undefined, 'must be a date YYYY-MM-DD')),
    shards: z.int().check(z.minimum(1), z.maximum(maxShards)),
  }),
);

/** The shard counts of each index over time. An index that is left out always has one shard. */
export const indexShardsSchema = z.strictObject({
  time: z.optional(shardSteps),
  user: z.optional(shardSteps),
  action: z.optional(shardSteps),
  accountRegion: z.optional(shardSteps),
  resourceName: z.optional(shardSteps),
  finding: z.optional(shardSteps),
} satisfies Record<IndexKey, unknown>);

export type IndexShards = z.infer<typeof indexShardsSchema>;

/** Returns the shard count for entries that occurred at `timeMillis`. */
export function shardCountAt(shards: IndexShards, index: IndexKey, timeMillis: number): number {
  let count = 1;
  let since = Number.NEGATIVE_INFINITY;
  for (const step of shards[index] ?? []) {
    const start = parseUtcDay(step.from) ?? 0;
    if (start <= timeMillis && start >= since) {
      since = start;
      count = step.shards;
    }
  }
  return count;
}

/** Returns the largest shard count in the range, which is the number of partitions to read. */
export function shardCountWithin(shards: IndexShards, index: IndexKey, fromMillis: number, toMillis: number) {
  let count = shardCountAt(shards, index, fromMillis);
  for (const step of shards[index] ?? []) {
    const start = parseUtcDay(step.from) ?? 0;
    if (start > fromMillis && start <= toMillis) count = Math.max(count, step.shards);
  }
  return count;
}

/** Every index key, in a fixed order. */
export const indexKeys = Object.keys(indexNames) as IndexKey[];
