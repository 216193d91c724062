// Lets the shards of busy values grow while entries are inserted.
import type { LogEntry } from '../entry/entry.ts';
import type { InsertOptions, InsertOutcome, StoredEntry } from '../storage/ports.ts';
import type { RecorderPorts } from './recorder.ts';
import type { ShardGrowth } from './shard-growth.ts';

/** The entry store of a recorder. Reads the shard steps before an insert and counts the recorded entries after it. */
export class GrowingEntries {
  readonly #entries: RecorderPorts['entries'];
  readonly #growth: ShardGrowth;

  constructor(entries: RecorderPorts['entries'], growth: ShardGrowth) {
    this.#entries = entries;
    this.#growth = growth;
  }

  get disputes(): RecorderPorts['entries']['disputes'] {
    return this.#entries.disputes;
  }

  findSameIdentity(organizationId: string, id: string): Promise<StoredEntry | undefined> {
    return this.#entries.findSameIdentity(organizationId, id);
  }

  async insert(entries: readonly LogEntry[], options?: InsertOptions): Promise<readonly InsertOutcome[]> {
    await this.#growth.prepare(entries);
    const outcomes = await this.#entries.insert(entries, options);
    await this.#growth.observe(entries.filter((_, place) => outcomes[place]?.status === 'recorded'));
    return outcomes;
  }
}
