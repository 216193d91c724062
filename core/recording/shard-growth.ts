// Adds shards to values of an index that come near the write limit of a partition. Recorders count together, but only
// writes of busy values, so that other entries cost nothing more. Never fails a batch.
import type { LogEntry } from '../entry/entry.ts';
import { indexValueKey, indexValuesOf } from '../storage/keys.ts';
import type { ShardStepStore } from '../storage/ports.ts';
import { ShardCounts, type ShardSource, type ShardStep } from '../storage/shard-counts.ts';
import { stepCacheMillis, stepLeadMillis } from '../storage/shard-step-cache.ts';
import { type IndexShards, maxShards } from '../storage/shards.ts';
import type { IndexKey } from '../storage/table-attributes.ts';

const minuteMillis = 60_000;

/** The share of the rate for which a new count is chosen, so that a growing load does not need another step at once. */
const targetShare = 0.5;

/** A rate is measured over at least half a minute, so that a short burst does not look like a high rate. */
const minMeasuredSeconds = 30;

/**
 * Entries of one organization in a batch from which its steps are read before the insert. Smaller batches come at low
 * rates, and use the steps that the recorder has.
 */
const minEntriesForSteps = 10;

/** The maximum number of organizations whose steps are kept. With more, they are read again. */
const maxOrganizations = 1_000;

/** Receives what happens, for logs and metrics. */
export interface GrowthReporter {
  added(organizationId: string, step: ShardStep): void;
  /** A read, a count, or a step failed. Entries are recorded with the shards that the recorder knows. */
  failed(error: unknown): void;
}

export interface ShardGrowthOptions {
  readonly steps: ShardStepStore;
  /** The counts that every value starts with. */
  readonly settings: IndexShards;
  /** Writes per second and shard, on average in a minute, from which a value gets more shards. */
  readonly writesPerSecond: number;
  /** The maximum number of recorders that run at the same time. */
  readonly concurrency: number;
  readonly reporter: GrowthReporter;
  /** @default the system clock */
  readonly now?: () => number;
}

interface KnownCounts {
  readonly counts: ShardCounts;
  readonly readAtMillis: number;
}

interface Tally {
  readonly organizationId: string;
  readonly index: IndexKey;
  readonly values: readonly string[];
  /** Writes that are not yet in the shared count. */
  uncounted: number;
}

/**
 * Counts the writes of one recorder and adds steps. A value gets a step when its rate in a minute reaches 1 to 1.5
 * times `writesPerSecond` for each of its shards: each recorder adds its writes to the shared count in portions, and
 * all recorders together hold back less than half of what starts a step.
 */
export class ShardGrowth implements ShardSource {
  readonly #options: ShardGrowthOptions;
  readonly #now: () => number;
  readonly #known = new Map<string, KnownCounts>();
  readonly #withoutSteps: ShardCounts;
  readonly #portion: number;
  #minute = 0;
  #tallies = new Map<string, Tally>();

  constructor(options: ShardGrowthOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#withoutSteps = new ShardCounts(options.settings);
    this.#portion = Math.ceil((options.writesPerSecond * 60) / (2 * options.concurrency));
  }

  countsOf(organizationId: string): ShardCounts {
    return this.#known.get(organizationId)?.counts ?? this.#withoutSteps;
  }

  /** Reads the steps of organizations that have many entries in the batch. Never fails. */
  async prepare(entries: readonly LogEntry[]): Promise<void> {
    const numbers = new Map<string, number>();
    for (const { organizationId } of entries) {
      numbers.set(organizationId, (numbers.get(organizationId) ?? 0) + 1);
    }
    const busy = [...numbers].filter(([, number]) => number >= minEntriesForSteps).map(([id]) => id);
    await Promise.all(busy.map((id) => this.#attempt(() => this.#refresh(id))));
  }

  /**
   * Counts entries that were just inserted, and adds steps where needed. Late entries do not count, because a step
   * cannot spread them. Never fails.
   */
  async observe(entries: readonly LogEntry[]): Promise<void> {
    const now = this.#now();
    const minute = now - (now % minuteMillis);
    if (minute !== this.#minute) this.#tallies = new Map();
    this.#minute = minute;
    for (const entry of entries) if (!entry.late) this.#tally(entry);
    const due = [...this.#tallies.values()].filter(({ uncounted }) => uncounted >= this.#portion);
    await Promise.all(due.map((tally) => this.#attempt(() => this.#share(tally, minute))));
  }

  #tally(entry: LogEntry): void {
    const { organizationId } = entry;
    for (const [index, values] of indexValuesOf(entry)) {
      const key = [organizationId, index, ...values].join('\0');
      const tally = this.#tallies.get(key) ?? { organizationId, index, values, uncounted: 0 };
      tally.uncounted++;
      this.#tallies.set(key, tally);
    }
  }

  /** Adds the writes to the shared count, and a step if the count is high. */
  async #share(tally: Tally, minute: number): Promise<void> {
    const { organizationId, index, values } = tally;
    const writes = tally.uncounted;
    tally.uncounted = 0;
    const valueKey = indexValueKey(values);
    const { steps, writesPerSecond } = this.#options;
    const total = await steps.countWrites(organizationId, { index, valueKey, minuteMillis: minute, writes });
    const choose = () =>
      chooseShardCount(this.#lastCount(tally), total, this.#now() - minute, writesPerSecond);
    if (choose() === undefined) return;
    await this.#refresh(organizationId, 0);
    const shards = choose();
    if (shards === undefined) return;
    const step = { index, valueKey, shards, fromMillis: this.#now() + stepLeadMillis };
    if ((await steps.add(organizationId, step)) === 'added')
      this.#options.reporter.added(organizationId, step);
    await this.#refresh(organizationId, 0);
  }

  /** Returns the count of the value when all steps that the recorder knows are in force. */
  #lastCount({ organizationId, index, values }: Tally): number {
    const now = this.#now();
    return this.countsOf(organizationId).countWithin(index, values, now, Number.MAX_SAFE_INTEGER);
  }

  /** Reads the organization's steps if the recorder's are older than `maxAgeMillis`. */
  async #refresh(organizationId: string, maxAgeMillis = stepCacheMillis): Promise<void> {
    const now = this.#now();
    const known = this.#known.get(organizationId);
    if (known !== undefined && now - known.readAtMillis < maxAgeMillis) return;
    const steps = await this.#options.steps.list(organizationId);
    if (this.#known.size >= maxOrganizations) this.#known.clear();
    this.#known.set(organizationId, {
      counts: new ShardCounts(this.#options.settings, steps),
      readAtMillis: now,
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.reporter.failed(error);
    }
  }
}

/**
 * Returns how many shards a value with so many writes in a minute needs: a power of two, more than the present count.
 * Returns `undefined` if the present count is enough or the maximum. `elapsedMillis` is the part of the minute that was
 * counted.
 */
export function chooseShardCount(
  present: number,
  writes: number,
  elapsedMillis: number,
  writesPerSecond: number,
): number | undefined {
  if (writes < writesPerSecond * 60 * present || present >= maxShards) return undefined;
  const rate = writes / Math.max(minMeasuredSeconds, elapsedMillis / 1000);
  const wanted = Math.max(present + 1, rate / (writesPerSecond * targetShare));
  return Math.min(maxShards, 2 ** Math.ceil(Math.log2(wanted)));
}
