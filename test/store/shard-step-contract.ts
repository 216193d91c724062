// The contract of every store of shard steps. Each implementation runs it.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ShardStepStore } from '../../core/storage/ports.ts';
import type { ShardStep } from '../../core/storage/shard-counts.ts';

const minuteMillis = Date.parse('2026-11-10T00:00:00Z');

const byText = (left: ShardStep, right: ShardStep) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);

/** `makeStore` returns a new, empty store on each call. */
export function describeShardStepContract(name: string, makeStore: () => Promise<ShardStepStore>): void {
  describe(`${name}: shard steps`, () => {
    let store: ShardStepStore;
    beforeAll(async () => {
      store = await makeStore();
    });

    it('keeps the first step of each count of a value', async () => {
      const step = { index: 'user', valueKey: 'u-1', shards: 4, fromMillis: 1_000 } as const;
      const others = [
        { ...step, shards: 2 },
        { ...step, valueKey: `u-${'x'.repeat(2_000)}` },
        { ...step, index: 'resourceName' },
      ] as const;
      expect(await store.add('acme', step)).toBe('added');
      expect(await store.add('acme', { ...step, fromMillis: 2_000 })).toBe('exists');
      for (const other of others) expect(await store.add('acme', other)).toBe('added');
      expect((await store.list('acme')).toSorted(byText)).toEqual([step, ...others].toSorted(byText));
      expect(await store.list('globex')).toEqual([]);
    });

    it('adds the writes of a minute, for each value', async () => {
      const count = { index: 'action', valueKey: 'UPDATE', minuteMillis, writes: 3 } as const;
      const countWrites = (overrides: object) => store.countWrites('acme', { ...count, ...overrides });
      expect(await countWrites({})).toBe(3);
      expect(await countWrites({ writes: 4 })).toBe(7);
      expect(await countWrites({ valueKey: 'DELETE' })).toBe(3);
      expect(await countWrites({ index: 'user' })).toBe(3);
      expect(await store.countWrites('globex', count)).toBe(3);
      expect(await countWrites({ minuteMillis: minuteMillis + 60_000 })).toBe(3);
      expect(await countWrites({ writes: 5 })).toBe(5);
      expect(await countWrites({ minuteMillis: minuteMillis + 60_000 })).toBe(6);
    });

    it('adds the writes of recorders that count at the same time', async () => {
      const count = { index: 'time', valueKey: '', minuteMillis, writes: 1 } as const;
      const totals = await Promise.all(Array.from({ length: 20 }, () => store.countWrites('busy', count)));
      expect(Math.max(...totals)).toBe(20);
    });
  });
}
