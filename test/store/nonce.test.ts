import { describe, expect, it } from 'vitest';
import { addNonce } from '../../store/add-nonce.ts';
import { describeItem } from '../../store/describe-item.ts';
import { MemoryEntryStore } from '../../store/memory-entry-store.ts';
import { makeEntry } from '../support/entries.ts';

describe('addNonce', () => {
  it('adds 16 bytes that differ for each item', () => {
    const nonces = Array.from({ length: 100 }, () => addNonce({ pk: 'a' }).nc as Uint8Array);
    expect(new Set(nonces.map((nonce) => Buffer.from(nonce).toString('hex'))).size).toBe(100);
    for (const nonce of nonces) expect(nonce).toHaveLength(16);
  });
});

describe('describeItem', () => {
  async function insertedItem() {
    const store = new MemoryEntryStore();
    await store.insert([makeEntry({ eventId: 'e-1' })]);
    const [item = {}] = store.items.values();
    return item as Record<string, unknown>;
  }

  it('describes an inserted entry with its nonce', async () => {
    const item = await insertedItem();
    const sealable = describeItem(item);
    expect(sealable).toMatchObject({ kind: 'entry', organizationId: 'acme' });
    expect(Buffer.from(sealable?.nonce ?? [])).toEqual(Buffer.from(item.nc as Uint8Array));
    expect(sealable?.text).toContain(`"id":"${item.id}"`);
  });

  it.each([
    ['another key', { pk: 'acme#0000000000000000' }],
    ['a key of another organization', { pk: 'globex#0000000000000000' }],
    ['no view', { v: undefined }],
    ['no content', { d: undefined }],
    ['broken content', { d: new Uint8Array([1, 2, 3]) }],
  ])('knows no item with %s', async (_, change) => {
    expect(describeItem({ ...(await insertedItem()), ...change })).toBeUndefined();
  });
});
