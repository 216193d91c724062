import { beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { GrowingEntries } from '../../../core/recording/growing-entries.ts';
import { ShardGrowth } from '../../../core/recording/shard-growth.ts';
import type { ShardStepStore } from '../../../core/storage/ports.ts';
import type { ShardStep } from '../../../core/storage/shard-counts.ts';
import { stepLeadMillis } from '../../../core/storage/shard-step-cache.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { makeEntry } from '../../support/entries.ts';

const minute = Date.parse('2026-11-10T00:00:00Z');
let now = minute;
let directory: MemoryDirectory;
let added: ShardStep[];
let failures: unknown[];
let calls: string[];

beforeEach(() => {
  now = minute;
  directory = new MemoryDirectory();
  added = [];
  failures = [];
  calls = [];
});

/** Recorders that share one store of steps. */
function makeRecorders(
  concurrency: number,
  overrides: Partial<ShardStepStore> = {},
  count = concurrency,
): ShardGrowth[] {
  const store = directory.shardSteps;
  const watched = <A extends unknown[], R>(name: string, call: (...args: A) => R) => {
    return (...args: A): R => {
      calls.push(name);
      return call(...args);
    };
  };
  return Array.from(
    { length: count },
    () =>
      new ShardGrowth({
        steps: {
          list: watched('list', (id: string) => store.list(id)),
          add: watched('add', (...args: Parameters<ShardStepStore['add']>) => store.add(...args)),
          countWrites: watched('count', (...args: Parameters<ShardStepStore['countWrites']>) =>
            store.countWrites(...args),
          ),
          ...overrides,
        },
        settings: {},
        writesPerSecond: 500,
        concurrency,
        now: () => now,
        reporter: {
          added: (_, step) => added.push(step),
          failed: (error) => failures.push(error),
        },
      }),
  );
}

const ordinary = makeEntry({ eventId: 'e-1', occurredAtMillis: minute, recordedAtMillis: minute });

/** Lets the recorders record a rate for a minute, in batches of 100 that are dealt out by `turn`. */
async function recordMinute(
  recorders: readonly ShardGrowth[],
  perSecond: number,
  turn: (batch: number) => number = (batch) => batch,
  entry: LogEntry = ordinary,
  startMillis = minute,
) {
  const batch = Array.from({ length: 100 }, () => entry);
  const batches = Math.round((perSecond * 60) / batch.length);
  for (let number = 0; number < batches; number++) {
    now = startMillis + Math.floor((number / batches) * 60_000);
    const recorder = recorders[turn(number) % recorders.length];
    await recorder?.prepare(batch);
    await recorder?.observe(batch);
  }
}

describe('ShardGrowth', () => {
  it.each([
    ['evenly', (batch: number) => batch],
    ['to one of them', () => 0],
    ['mostly to one of them', (batch: number) => (batch % 3 === 0 ? batch : 0)],
  ])('adds shards at 750 writes per second in a minute when the batches go %s', async (_, turn) => {
    for (const concurrency of [1, 10, 100]) {
      directory = new MemoryDirectory();
      await recordMinute(makeRecorders(concurrency), 760, turn);
      const steps = await directory.shardSteps.list('acme');
      expect(new Set(steps.map(({ index }) => index)), `${concurrency} recorders`).toEqual(
        new Set(['time', 'user', 'action', 'accountRegion', 'resourceName']),
      );
    }
    expect(failures).toEqual([]);
  });

  it('adds none below 500 writes per second', async () => {
    for (const concurrency of [1, 10, 100]) {
      directory = new MemoryDirectory();
      await recordMinute(makeRecorders(concurrency), 490);
      expect(await directory.shardSteps.list('acme')).toEqual([]);
    }
  });

  it('starts a step after the lead, and chooses the count for a quarter of the limit', async () => {
    await recordMinute(makeRecorders(10), 900);
    const step = added.find(({ index }) => index === 'user');
    expect(step).toMatchObject({ valueKey: 'u-1', shards: 4 });
    expect(step?.fromMillis).toBeGreaterThanOrEqual(minute + stepLeadMillis);
    expect(step?.fromMillis).toBeLessThan(minute + 60_000 + stepLeadMillis);
    expect(added).toHaveLength(5);
  });

  it('adds more shards when the rate grows, up to the maximum', async () => {
    const recorders = makeRecorders(10);
    await recordMinute(recorders, 900);
    added = [];
    await directory.shardSteps.add('acme', { index: 'time', valueKey: '', shards: 64, fromMillis: minute });
    await recordMinute(recorders, 2_600, undefined, ordinary, minute + 60_000);
    expect(added.map(({ index, shards }) => [index, shards])).toEqual(
      ['user', 'action', 'accountRegion', 'resourceName'].map((index) => [index, 16]),
    );
  });

  it('costs nothing for an organization with small batches', async () => {
    const [recorder] = makeRecorders(10);
    for (let number = 0; number < 100; number++) {
      const batch = Array.from({ length: 9 }, () => ordinary);
      await recorder?.prepare(batch);
      await recorder?.observe(batch);
    }
    expect(calls).toEqual([]);
  });

  it('makes fewer than one call for 100 entries of a busy value', async () => {
    await recordMinute(makeRecorders(100), 760);
    expect(calls.length).toBeLessThan((760 * 60 * 5) / 100);
  });

  it('does not count late entries, which a step cannot spread', async () => {
    const late = makeEntry({
      eventId: 'e-1',
      occurredAtMillis: minute - 3_600_000,
      recordedAtMillis: minute,
    });
    await recordMinute(makeRecorders(10), 2_000, undefined, late);
    expect(await directory.shardSteps.list('acme')).toEqual([]);
  });

  it('counts denied attempts by verdict', async () => {
    await recordMinute(makeRecorders(10), 900, undefined, makeEntry({ eventId: 'e-1', verdict: 'DENIED' }));
    expect(added.find(({ index }) => index === 'finding')).toMatchObject({ valueKey: 'DENIED' });
  });

  it('reports failures, and records the entries all the same', async () => {
    const fail = async () => {
      throw new Error('throttled');
    };
    const [growth] = makeRecorders(1, { list: fail, countWrites: fail, add: fail });
    if (growth === undefined) throw new Error('no recorder');
    const store = new GrowingEntries(new MemoryEntryStore(growth), growth);
    const entries = Array.from({ length: 12 }, (_, number) => makeEntry({ eventId: `e-${number}` }));
    const outcomes = await store.insert(entries);
    expect(outcomes.map(({ status }) => status)).toEqual(entries.map(() => 'recorded'));
    await recordMinute([growth], 900);
    expect(failures.length).toBeGreaterThan(1);
  });

  it('does not count an entry that was recorded before', async () => {
    const [growth] = makeRecorders(100_000, {}, 1);
    if (growth === undefined) throw new Error('no recorder');
    const store = new GrowingEntries(new MemoryEntryStore(growth), growth);
    await store.insert([ordinary]);
    expect(calls.filter((name) => name === 'count')).toHaveLength(5);
    await store.insert([ordinary]);
    expect(calls.filter((name) => name === 'count')).toHaveLength(5);
  });
});
