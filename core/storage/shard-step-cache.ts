// Caches the shard steps of organizations for readers and writers.
import type { ShardStep } from './shard-counts.ts';

/** How long steps are cached, in milliseconds. */
export const stepCacheMillis = 30_000;

/**
 * How far in the future a step starts, in milliseconds. Every reader has it by then: writing the step takes at most 30
 * seconds with its retries, a reader caches the steps for 30 seconds, a request takes at most 30 seconds, and the
 * clocks of two functions can differ by 30 seconds.
 */
export const stepLeadMillis = 120_000;

/** The maximum number of organizations in the cache. With more, it starts again. */
const maxOrganizations = 1_000;

/** Steps of each organization, read again when they are older than `stepCacheMillis`. */
export class ShardStepCache {
  readonly #read: (organizationId: string) => Promise<readonly ShardStep[]>;
  readonly #now: () => number;
  readonly #cached = new Map<
    string,
    { readonly readAtMillis: number; readonly steps: readonly ShardStep[] }
  >();

  constructor(read: (organizationId: string) => Promise<readonly ShardStep[]>, now: () => number = Date.now) {
    this.#read = read;
    this.#now = now;
  }

  /** Returns the steps. Fails as the read fails, and never returns older ones instead. */
  async list(organizationId: string): Promise<readonly ShardStep[]> {
    // The age counts from before the read, because the answer can be that old.
    const readAtMillis = this.#now();
    const cached = this.#cached.get(organizationId);
    if (cached !== undefined && isFresh(cached.readAtMillis, readAtMillis)) return cached.steps;
    const steps = await this.#read(organizationId);
    if (this.#cached.size >= maxOrganizations) this.#cached.clear();
    this.#cached.set(organizationId, { readAtMillis, steps });
    return steps;
  }
}

/** Whether a read is recent. A clock that was set back makes it old. */
function isFresh(readAtMillis: number, nowMillis: number): boolean {
  return nowMillis >= readAtMillis && nowMillis - readAtMillis < stepCacheMillis;
}
