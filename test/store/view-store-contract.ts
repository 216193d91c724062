// The contract of every store of saved views. Each implementation runs it.
import { describe, expect, it } from 'vitest';
import type { StoredView, ViewStore } from '../../core/storage/ports.ts';

const view: StoredView = {
  id: 'p00',
  version: 'v1',
  name: 'Denied',
  search: 'verdict=DENIED',
  columns: ['time', 'target'],
  ownerId: 'u-1',
  updatedAt: '2026-11-05T00:00:00.000Z',
};

const { columns: _, ...plain } = { ...view, id: 'p01' };

/** `makeStore` returns a new, empty store on each call. */
export function describeViewStoreContract(name: string, makeStore: () => Promise<ViewStore>): void {
  describe(`${name}: saved views`, () => {
    const place = { organizationId: 'acme', userId: 'u-1' };

    it('lists what was written in a place, and nothing of another', async () => {
      const store = await makeStore();
      expect(await store.write(place, view, undefined)).toBe('written');
      expect(await store.write(place, plain, undefined)).toBe('written');
      expect(await store.list(place)).toEqual([view, plain]);
      const others = [
        { organizationId: 'acme' },
        { organizationId: 'acme', userId: 'u-2' },
        { organizationId: 'globex', userId: 'u-1' },
      ];
      for (const other of others) expect(await store.list(other)).toEqual([]);
    });

    it('writes and removes only what has the expected version', async () => {
      const store = await makeStore();
      expect(await store.write(place, view, 'v0')).toBe('lost');
      expect(await store.remove(place, view.id, 'v0')).toBe('lost');
      await store.write(place, view, undefined);
      expect(await store.write(place, { ...view, name: 'Other' }, undefined)).toBe('lost');
      expect(await store.write(place, { ...view, version: 'v2', name: 'New' }, 'v1')).toBe('written');
      expect(await store.remove(place, view.id, 'v1')).toBe('lost');
      expect(await store.list(place)).toEqual([{ ...view, version: 'v2', name: 'New' }]);
      expect(await store.remove(place, view.id, 'v2')).toBe('removed');
      expect(await store.list(place)).toEqual([]);
    });
  });
}
