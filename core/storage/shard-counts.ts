// Determines how many shards a value of an index has at a time, from the setting `indexShards` and the stored steps of
// the organization. Writers and readers use the same rules, so that a reader finds what any writer wrote.
import { identityHashOf, timeOf } from '../entry/entry-id.ts';
import { indexValueKey } from './keys.ts';
import { type IndexShards, shardCountAt, shardCountWithin } from './shards.ts';
import type { IndexKey } from './table-attributes.ts';

/**
 * A stored increase of the shards of one value of an index. A step applies to entries whose `timestamp` and
 * `recordedAt` are both at or after `fromMillis`, and never ends. A step with fewer shards than an earlier one has no
 * effect.
 */
export interface ShardStep {
  readonly index: IndexKey;
  /** The value, as `indexValueKey` returns it. */
  readonly valueKey: string;
  /** From 2 to `maxShards`. */
  readonly shards: number;
  /** Epoch milliseconds. */
  readonly fromMillis: number;
}

/** The digits of a ULID. */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The shard counts of one organization. Immutable. */
export class ShardCounts {
  readonly #settings: IndexShards;
  readonly #steps = new Map<string, ShardStep[]>();

  constructor(settings: IndexShards, steps: readonly ShardStep[] = []) {
    this.#settings = settings;
    for (const step of steps) {
      const key = mapKey(step.index, step.valueKey);
      this.#steps.set(key, [...(this.#steps.get(key) ?? []), step]);
    }
  }

  /**
   * Returns the shard of an entry that is recorded at `recordedAtMillis`. The setting applies by the time of the action
   * alone, and the steps also by the time of recording: an event from the future must not use a step before every
   * reader has it.
   */
  shardOf(id: string, index: IndexKey, values: readonly string[], recordedAtMillis: number): number {
    const occurredAtMillis = timeOf(id);
    const stored = this.#storedCountAt(index, values, Math.min(occurredAtMillis, recordedAtMillis));
    let number = 0;
    for (const digit of identityHashOf(id).slice(-4)) number = number * 32 + crockford.indexOf(digit);
    return number % Math.max(shardCountAt(this.#settings, index, occurredAtMillis), stored);
  }

  /** Returns the number of shards that can contain entries of the time range, which is inclusive. */
  countWithin(index: IndexKey, values: readonly string[], fromMillis: number, toMillis: number): number {
    return Math.max(
      shardCountWithin(this.#settings, index, fromMillis, toMillis),
      this.#storedCountAt(index, values, toMillis),
    );
  }

  #storedCountAt(index: IndexKey, values: readonly string[], timeMillis: number): number {
    if (this.#steps.size === 0) return 1;
    let count = 1;
    for (const step of this.#steps.get(mapKey(index, indexValueKey(values))) ?? []) {
      if (step.fromMillis <= timeMillis) count = Math.max(count, step.shards);
    }
    return count;
  }
}

function mapKey(index: IndexKey, valueKey: string): string {
  return `${index} ${valueKey}`;
}

/**
 * Provides the shard counts that a writer knows. A writer that misses the latest steps uses fewer shards, which is
 * safe.
 */
export interface ShardSource {
  countsOf(organizationId: string): ShardCounts;
}

/** Returns the counts of the setting alone, for tools and tests that write without steps. */
export function fixedShards(settings: IndexShards = {}): ShardSource {
  const counts = new ShardCounts(settings);
  return { countsOf: () => counts };
}
