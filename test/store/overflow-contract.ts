// The contract of an entry store with an overflow store, for entries that do not fit an item. Each pair runs it.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toListItem } from '../../core/entry/entry.ts';
import { lowestIdAt } from '../../core/entry/entry-id.ts';
import { expiryOf } from '../../core/entry/retention.ts';
import { indexPartitionKey } from '../../core/storage/keys.ts';
import type { EntryStore, OverflowStore } from '../../core/storage/ports.ts';
import { getFullEntry, insertAgain, insertOne, makeEntry } from '../support/entries.ts';
import { incompressibleStates, makeLargeEntry, WatchedOverflow } from '../support/large-entries.ts';

export interface OverflowParts {
  readonly overflow: OverflowStore;
  makeEntries(overflow: OverflowStore): Promise<EntryStore>;
}

/** `makeParts` returns an empty overflow store with entry stores on it, each with an empty table. */
export function describeOverflowContract(name: string, makeParts: () => Promise<OverflowParts>): void {
  describe(`${name}: entries that do not fit an item`, () => {
    let overflow: WatchedOverflow;
    let entries: EntryStore;
    beforeAll(async () => {
      const parts = await makeParts();
      overflow = new WatchedOverflow(parts.overflow);
      entries = await parts.makeEntries(overflow);
    });
    afterEach(() => {
      overflow.written.length = 0;
      overflow.read.length = 0;
      overflow.afterPut = () => {};
      overflow.tamper = undefined;
    });

    it.each([600_000, 800_000, 1_040_000])(
      'returns %i bytes of incompressible states completely',
      async (bytes) => {
        const entry = makeLargeEntry(
          { eventId: `noise-${bytes}`, environment: 'prod', expiresAt: 4e9 },
          bytes,
        );
        expect(await insertOne(entries, entry)).toEqual({ status: 'recorded' });
        expect(overflow.written).toHaveLength(1);
        expect(await getFullEntry(entries, 'acme', entry.id)).toEqual(entry);
      },
    );

    it('lists such an entry like any other, without reading its states', async () => {
      const entry = makeLargeEntry({ eventId: 'listed', organizationId: 'listed' });
      await insertOne(entries, entry);
      const { items } = await entries.readIndex({
        index: 'user',
        partitionKey: indexPartitionKey('listed', 'user', [entry.user.id], 0),
        lowestId: lowestIdAt(0),
        highestId: entry.id,
        order: 'desc',
        limit: 10,
      });
      expect(items).toEqual([toListItem(entry)]);
      expect(overflow.read).toEqual([]);
    });

    it('writes no object when everything fits the item', async () => {
      await insertOne(entries, makeEntry({ eventId: 'small' }));
      expect(overflow.written).toEqual([]);
    });

    it('names objects by organization, entry and content', async () => {
      const [one, other] = ['tenant-a', 'tenant-b'].map((organizationId) => ({
        ...makeLargeEntry({ eventId: 'same', organizationId }),
        ...states,
      }));
      if (!one || !other) throw new Error('two entries');
      await insertOne(entries, one);
      await insertOne(entries, other);
      expect(overflow.written).toEqual([
        expect.stringMatching(new RegExp(`^tenant-a/${one.id}/[0-9a-f]{64}$`)),
        expect.stringMatching(new RegExp(`^tenant-b/${other.id}/[0-9a-f]{64}$`)),
      ]);
    });

    it('keeps separate objects for different retention times, as after a crash before a change of the setting', async () => {
      const [first, second, third] = [400, 401, undefined].map((retentionDays) => ({
        ...makeLargeEntry({ eventId: 'retained', expiresAt: expiryOf(occurredAt, retentionDays) }),
        ...states,
      }));
      if (!first || !second || !third) throw new Error('three entries');
      overflow.afterPut = () => {
        throw new Error('crashed');
      };
      for (const entry of [first, third]) await expect(insertOne(entries, entry)).rejects.toThrow('crashed');
      overflow.afterPut = () => {};
      expect(await insertOne(entries, second)).toEqual({ status: 'recorded' });
      expect(overflow.written).toEqual([
        expect.stringMatching(new RegExp(`^retention\\.400/acme/${first.id}/`)),
        expect.stringMatching(new RegExp(`^acme/${first.id}/`)),
        expect.stringMatching(new RegExp(`^retention\\.401/acme/${first.id}/`)),
      ]);
      expect(await getFullEntry(entries, 'acme', second.id)).toEqual(second);
    });

    it('recognizes a resend by equal content and a conflict by different content, and writes no object for either', async () => {
      const entry = makeLargeEntry({ eventId: 'again' });
      await insertOne(entries, entry);
      const resend = { ...entry, producer: { ...entry.producer, envelopeId: 'another' } };
      expect(await insertAgain(entries, resend)).toEqual(entry);
      const conflict = { ...entry, ...incompressibleStates(900_000), contentHash: '0'.repeat(64) };
      expect(await insertAgain(entries, conflict)).toEqual(entry);
      expect(overflow.written).toHaveLength(1);
      expect(await getFullEntry(entries, 'acme', entry.id)).toEqual(entry);
    });

    it('returns an entry, and the result of a conflicting insert, without reading its states', async () => {
      const entry = makeLargeEntry({ eventId: 'head' });
      await insertOne(entries, entry);
      const { before: _before, after: _after, ...head } = entry;
      const stored = await entries.get('acme', entry.id);
      expect(stored?.head).toEqual(head);
      expect(await insertOne(entries, entry)).toMatchObject({ status: 'exists', stored: { head } });
      expect(overflow.read).toEqual([]);
      expect(await stored?.readFull()).toEqual(entry);
      expect(overflow.read).toHaveLength(1);
    });

    it('completes after a crash between object and item, with the existing object', async () => {
      const entry = makeLargeEntry({ eventId: 'crash' });
      overflow.afterPut = () => {
        throw new Error('crashed');
      };
      await expect(insertOne(entries, entry)).rejects.toThrow('crashed');
      expect(await getFullEntry(entries, 'acme', entry.id)).toBeUndefined();
      overflow.afterPut = () => {};
      const redelivered = { ...entry, producer: { ...entry.producer, envelopeId: 'redelivered' } };
      expect(await insertOne(entries, redelivered)).toEqual({ status: 'recorded' });
      expect(overflow.written).toHaveLength(1);
      expect(await getFullEntry(entries, 'acme', entry.id)).toEqual(redelivered);
    });

    it('lets exactly one of several concurrent inserts succeed, completely', async () => {
      const puts = Array.from({ length: 4 }, (_, number) =>
        makeLargeEntry({ eventId: 'race', recordedAtMillis: Date.parse('2026-11-20T00:00:00Z') + number }),
      );
      const outcomes = await Promise.all(puts.map((entry) => insertOne(entries, entry)));
      expect(outcomes.filter(({ status }) => status === 'recorded')).toHaveLength(1);
      const winner = puts[outcomes.findIndex(({ status }) => status === 'recorded')];
      expect(await getFullEntry(entries, 'acme', winner?.id ?? '')).toEqual(winner);
    });

    it.each([
      ['is missing', () => undefined],
      ['is truncated', (bytes?: Uint8Array) => bytes?.subarray(0, -1)],
      [
        'has a different byte',
        (bytes?: Uint8Array) => bytes?.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1),
      ],
      ['is another object', () => Buffer.from('other')],
    ])('fails with STATES_UNREADABLE when the object %s', async (_, tamper) => {
      const entry = makeLargeEntry({ eventId: `damaged-${_}` });
      await insertOne(entries, entry);
      overflow.tamper = tamper;
      await expect(getFullEntry(entries, 'acme', entry.id)).rejects.toMatchObject({
        code: 'STATES_UNREADABLE',
      });
      overflow.tamper = undefined;
      expect(await getFullEntry(entries, 'acme', entry.id)).toEqual(entry);
    });

    it('records nothing when the key holds a different object', async () => {
      const entry = makeLargeEntry({ eventId: 'occupied' });
      overflow.afterPut = () => {
        throw new Error('crashed');
      };
      await expect(insertOne(entries, entry)).rejects.toThrow('crashed');
      overflow.afterPut = () => {};
      overflow.tamper = () => Buffer.from('other content');
      await expect(insertOne(entries, entry)).rejects.toMatchObject({ code: 'STATES_UNREADABLE' });
      expect(await getFullEntry(entries, 'acme', entry.id)).toBeUndefined();
    });
  });
}

const states = incompressibleStates(900_000);
const occurredAt = Date.parse('2026-11-10T00:00:00Z');
