// How many partitions each index key is spread over, and since when. A partition takes 1,000 writes a second
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html); counts grow
// from a start date on, so that history stays where it was written.
import * as z from 'zod/mini';
import { parseUtcDay } from '../values/timestamp.ts';
import { type IndexKey, indexNames } from './table-attributes.ts';

const maxShards = 64;

const shardSteps = z.array(
  z.strictObject({
    from: z.string().check(z.refine((day) => parseUtcDay(day) !== undefined, 'must be a date YYYY-MM-DD')),
    shards: z.int().check(z.minimum(1), z.maximum(maxShards)),
  }),
);

/** For each index the steps of its shard count; an index left out has one shard for all time. */
export const indexShardsSchema = z.strictObject({
  time: z.optional(shardSteps),
  user: z.optional(shardSteps),
  action: z.optional(shardSteps),
  accountRegion: z.optional(shardSteps),
  resourceName: z.optional(shardSteps),
} satisfies Record<IndexKey, unknown>);

export type IndexShards = z.infer<typeof indexShardsSchema>;

/** The shard count in force for entries that occurred at `timeMillis`. */
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

/** The largest shard count in force anywhere in the range: the partitions a reader has to look into. */
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
