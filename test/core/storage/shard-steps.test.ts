import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxClockSkewMillis } from '../../../core/contract/clock-skew.ts';
import { directoryRowsOf } from '../../../core/directory/directory-rows.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import type { Filters } from '../../../core/query/filters.ts';
import { indexValueKey } from '../../../core/storage/keys.ts';
import type { DirectoryRead } from '../../../core/storage/ports.ts';
import { ShardCounts, type ShardStep } from '../../../core/storage/shard-counts.ts';
import { ShardStepCache, stepCacheMillis, stepLeadMillis } from '../../../core/storage/shard-step-cache.ts';
import type { IndexShards } from '../../../core/storage/shards.ts';
import type { IndexKey } from '../../../core/storage/table-attributes.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { insertOne, makeEntry } from '../../support/entries.ts';
import { makeCaller } from '../../support/fixtures.ts';
import { bruteForce, generousLimits, makeQuery, walk } from '../../support/search.ts';

const start = Date.parse('2026-11-29T23:58:00Z');
const second = 1000;

/** What the lead allows for: the time to write a step, the time of a request, and the difference of two clocks. */
const [writeMillis, requestMillis, clockMillis] = [30 * second, 30 * second, 30 * second];

const values: readonly (readonly [IndexKey, readonly string[], Filters])[] = [
  ['time', [], {}],
  ['user', ['u-1'], { user: ['u-1'] }],
  ['action', ['UPDATE'], { action: ['UPDATE'] }],
  ['accountRegion', ['123456789012', 'eu-west-1'], { account: ['123456789012'], region: ['eu-west-1'] }],
  ['resourceName', ['orders-d'], { resource: ['orders-d'] }],
  ['finding', ['DENIED'], { verdict: ['DENIED'] }],
];

const agents = fc.constantFrom(0, 1);
/** Mostly two values, so that many steps, writes, and reads meet. */
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...values.slice(0, 2)) },
  { weight: 1, arbitrary: fc.constantFrom(...values) },
);

const commands = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant('wait' as const),
      millis: fc.constantFrom(1, 1000, 10_000, 20_000, 29_000, 30_000),
    }),
    fc.record({
      type: fc.constant('write' as const),
      writer: agents,
      /** When the action occurred, compared with the writer's clock. */
      offsetMillis: fc.oneof(
        fc.integer({ min: -5 * 60 * second, max: 0 }),
        fc.integer({ min: 0, max: maxClockSkewMillis }),
        fc.constant(0),
      ),
      refreshes: fc.boolean(),
    }),
    fc.record({
      type: fc.constant('step' as const),
      writer: agents,
      value,
      shards: fc.constantFrom(2, 8, 64),
      writeMillis: fc.constantFrom(0, writeMillis),
    }),
    fc.record({ type: fc.constant('begin' as const), reader: agents }),
    fc.record({
      type: fc.constant('end' as const),
      reader: agents,
      value,
      shift: fc.constantFrom(0, 2 * maxClockSkewMillis),
    }),
  ),
  { minLength: 10, maxLength: 60 },
);

type Command = typeof commands extends fc.Arbitrary<(infer One)[]> ? One : never;

/** Writers and readers with their own clocks and caches, on one store. */
class World {
  readonly entries: LogEntry[] = [];
  #now = start;
  readonly #directory = new MemoryDirectory();
  #known: ShardCounts[];
  readonly #store: MemoryEntryStore;
  #writer = 0;
  readonly #readers: {
    readonly cache: ShardStepCache;
    request?: { at: number; steps: readonly ShardStep[] };
  }[];

  readonly settings: IndexShards;
  readonly clocks: readonly number[];

  constructor(settings: IndexShards, clocks: readonly number[]) {
    this.settings = settings;
    this.clocks = clocks;
    this.#known = clocks.map(() => new ShardCounts(settings));
    this.#store = new MemoryEntryStore({ countsOf: () => this.#known[this.#writer] as ShardCounts });
    const read = (id: string) => this.#directory.listShardSteps(id);
    this.#readers = clocks.map((clock) => ({ cache: new ShardStepCache(read, () => this.#now + clock) }));
  }

  async run(command: Command): Promise<void> {
    switch (command.type) {
      case 'wait':
        this.#now += command.millis;
        break;
      case 'write':
        return this.#write(command);
      case 'step': {
        const [index, parts] = command.value;
        await this.#directory.shardSteps.add('acme', {
          index,
          valueKey: indexValueKey(parts),
          shards: command.shards,
          fromMillis: this.#clockOf(command.writer) - command.writeMillis + stepLeadMillis,
        });
        break;
      }
      case 'begin': {
        const reader = this.#readers[command.reader];
        if (reader) reader.request = { at: this.#now, steps: await reader.cache.list('acme') };
        break;
      }
      case 'end':
        return this.#finish(command);
    }
  }

  #clockOf(agent: number): number {
    return this.#now + (this.clocks[agent] ?? 0);
  }

  async #write({ writer, offsetMillis, refreshes }: Command & { type: 'write' }): Promise<void> {
    this.#writer = writer;
    if (refreshes) {
      const steps = await this.#directory.listShardSteps('acme');
      this.#known[writer] = new ShardCounts(this.settings, steps);
    }
    const entry = makeEntry({
      eventId: `e-${this.entries.length}`,
      occurredAtMillis: this.#clockOf(writer) + offsetMillis,
      recordedAtMillis: this.#clockOf(writer),
      verdict: 'DENIED',
    });
    await this.#directory.ensure('acme', directoryRowsOf(entry));
    await insertOne(this.#store, entry);
    this.entries.push(entry);
  }

  async #finish({ reader, value: [, , filters], shift }: Command & { type: 'end' }): Promise<void> {
    const request = this.#readers[reader]?.request;
    if (request === undefined || this.#now - request.at > requestMillis) return;
    const stored = this.#directory;
    const directory = {
      listAccountRegions: (id: string) => stored.listAccountRegions(id),
      listValues: (id: string, read: DirectoryRead) => stored.listValues(id, read),
      listShardSteps: async () => request.steps,
    };
    const query = makeQuery({
      filters,
      fromMillis: start - 600 * second,
      toMillis: this.#now + shift,
      limit: 7,
    });
    const ports = {
      entries: this.#store,
      details: this.#store,
      directory,
      shards: this.settings,
      limits: generousLimits,
      now: () => this.#now,
    };
    const found = (await walk(query, makeCaller(), ports)).flatMap(({ items }) => items);
    const expected = bruteForce(this.entries, query, makeCaller());
    expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  }
}

describe('shard steps', () => {
  it('let every search find every entry, whatever the order of steps, writes, reads, and clocks', async () => {
    await fc.assert(
      fc.asyncProperty(
        commands,
        fc.constantFrom([0, 0], [0, clockMillis], [clockMillis, 0]),
        fc.constantFrom<IndexShards>({}, { time: [{ from: '2026-11-30', shards: 3 }] }),
        async (list, clocks, settings) => {
          const world = new World(settings, clocks);
          for (const command of list) await world.run(command);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never take shards away', () => {
    const step = { index: 'user', valueKey: 'u-1' } as const;
    const counts = new ShardCounts({}, [
      { ...step, shards: 8, fromMillis: start },
      { ...step, shards: 4, fromMillis: start + 1 },
    ]);
    expect(counts.countWithin('user', ['u-1'], start + 1, start + 2)).toBe(8);
    expect(counts.countWithin('user', ['u-1'], start - 2, start - 1)).toBe(1);
    expect(counts.countWithin('user', ['u-2'], start, start)).toBe(1);
    expect(counts.countWithin('action', ['u-1'], start, start)).toBe(1);
  });
});

describe('ShardStepCache', () => {
  it('reads again when the steps are old, when the clock was set back, and after a failure', async () => {
    let [now, reads] = [start, 0];
    let fails = true;
    const cache = new ShardStepCache(
      async () => {
        if (fails) throw new Error('throttled');
        reads++;
        return [];
      },
      () => now,
    );
    await expect(cache.list('acme')).rejects.toThrow('throttled');
    fails = false;
    const readsAfter = async (millis: number) => {
      now += millis;
      await cache.list('acme');
      return reads;
    };
    expect(await readsAfter(0)).toBe(1);
    expect(await readsAfter(stepCacheMillis - 1)).toBe(1);
    expect(await readsAfter(1)).toBe(2);
    expect(await readsAfter(-1)).toBe(3);
    await cache.list('globex');
    expect(reads).toBe(4);
  });
});
