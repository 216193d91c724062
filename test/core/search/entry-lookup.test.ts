import { beforeEach, describe, expect, it } from 'vitest';
import { lookUpEntry } from '../../../core/search/entry-lookup.ts';
import { disputeKey } from '../../../core/storage/keys.ts';
import { fixedShards } from '../../../core/storage/shard-counts.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { MemoryOverflowStore } from '../../../store/memory-overflow-store.ts';
import { type EntryParts, insertOne, makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { makeLargeEntry } from '../../support/large-entries.ts';

let overflow: MemoryOverflowStore;
let entries: MemoryEntryStore;

beforeEach(() => {
  overflow = new MemoryOverflowStore();
  entries = new MemoryEntryStore(fixedShards(), overflow);
});

const lookUp = (id: string, caller = makeCaller(), nowMillis = now) =>
  lookUpEntry(id, caller, { entries, now: () => nowMillis });

describe('lookUpEntry', () => {
  it.each([makeEntry({ eventId: 'small' }), makeLargeEntry({ eventId: 'large' })])(
    'returns the complete entry to a caller who can see it: $eventId',
    async (entry) => {
      await insertOne(entries, entry);
      expect(await lookUp(entry.id)).toEqual({ entry, disputes: [] });
      expect(await lookUp(entry.id, makeCaller({ accounts: [entry.accountId] }))).toEqual({
        entry,
        disputes: [],
      });
    },
  );

  it('returns undefined for another organization, for callers limited to other accounts, and after expiry', async () => {
    const entry = makeEntry({ eventId: 'small', expiresAt: now / 1000 + 1 });
    await insertOne(entries, entry);
    expect(await lookUp(entry.id, makeCaller({ organizationId: 'initech' }))).toBeUndefined();
    expect(await lookUp(entry.id, makeCaller({ accounts: ['999999999999'] }))).toBeUndefined();
    expect(await lookUp(entry.id, makeCaller(), now + 1000)).toBeUndefined();
  });

  it('rejects an entry whose content does not match its content hash', async () => {
    const entry = { ...makeEntry({ eventId: 'altered' }), role: 'Viewer' };
    await insertOne(entries, entry);
    await expect(lookUp(entry.id)).rejects.toMatchObject({ code: 'ENTRY_ALTERED' });
    expect(await lookUp(entry.id, makeCaller({ accounts: ['999999999999'] }))).toBeUndefined();
  });

  it('fails because of unreadable states only if the caller can see the entry and it has not expired', async () => {
    const entry = makeLargeEntry({ eventId: 'large', expiresAt: now / 1000 + 1 });
    await insertOne(entries, entry);
    overflow.objects.clear();
    await expect(lookUp(entry.id)).rejects.toMatchObject({ code: 'STATES_UNREADABLE' });
    expect(await lookUp(entry.id, makeCaller({ accounts: ['999999999999'] }))).toBeUndefined();
    expect(await lookUp(entry.id, makeCaller(), now + 1000)).toBeUndefined();
  });
});

describe('lookUpEntry with disputes', () => {
  const entry = makeEntry({ eventId: 'contested', accountId: '111111111111' });
  const rival = (parts: Partial<EntryParts> = {}) =>
    makeEntry({
      eventId: 'contested',
      accountId: '111111111111',
      userId: 'u-2',
      recordedAtMillis: now,
      ...parts,
    });
  const disputesOf = async (caller = makeCaller()) => (await lookUp(entry.id, caller))?.disputes;

  beforeEach(() => insertOne(entries, entry));

  /** Stores an item in place of the dispute in this slot. */
  function forge(slot: number, change: (item: Record<string, unknown>) => Record<string, unknown>): void {
    const key = disputeKey('acme', entry.id, slot);
    entries.items.set(key, change({ ...entries.items.get(key) }));
  }

  it('shows the differences from the entry to the event', async () => {
    const event = rival({ occurredAtMillis: Date.parse('2026-11-11T00:00:00Z') });
    await entries.disputes.insert(entry, event, 0);
    await entries.disputes.insert(entry, rival({ userId: 'u-3' }), 1);
    const { contentHash, producer, recordedAt } = event;
    expect(await disputesOf()).toEqual([
      {
        recordedAt,
        contentHash,
        producer,
        differences: [
          { path: '/actor/userId', op: 'replace', before: 'u-1', after: 'u-2' },
          {
            path: '/occurredAt',
            op: 'replace',
            before: '2026-11-10T00:00:00.000Z',
            after: '2026-11-11T00:00:00.000Z',
          },
        ],
      },
      expect.objectContaining({ differences: [expect.objectContaining({ after: 'u-3' })] }),
    ]);
  });

  it('shows no content of an event in an account that the caller cannot see', async () => {
    const event = rival({ accountId: '222222222222', userId: 'u-hidden' });
    await entries.disputes.insert(entry, event, 0);
    expect(await disputesOf(makeCaller({ accounts: ['111111111111'] }))).toEqual([
      { recordedAt: event.recordedAt, unavailable: 'OTHER_ACCOUNT' },
    ]);
    expect(await lookUp(entry.id, makeCaller({ accounts: ['222222222222'] }))).toBeUndefined();
    expect(await lookUp(entry.id, makeCaller({ organizationId: 'initech' }))).toBeUndefined();
  });

  it('shows differences in large states, and marks unreadable ones', async () => {
    const event = makeLargeEntry({ eventId: 'contested', accountId: '111111111111' });
    await entries.disputes.insert(entry, event, 0);
    const paths = (await disputesOf())?.flatMap(({ differences = [] }) =>
      differences.map(({ path }) => path),
    );
    expect(paths).toContain('/after/pieces');
    overflow.objects.clear();
    expect(await disputesOf()).toEqual([{ recordedAt: event.recordedAt, unavailable: 'UNREADABLE' }]);
  });

  it.each<[string, (item: Record<string, unknown>) => Record<string, unknown>, object]>([
    ['no attribute', () => ({}), { unavailable: 'UNREADABLE' }],
    ['a different type of detail', (item) => ({ ...item, d: 'text' }), { unavailable: 'UNREADABLE' }],
    [
      'a damaged detail',
      (item) => ({ ...item, d: new Uint8Array([1, 2, 3]) }),
      { unavailable: 'UNREADABLE' },
    ],
    ['a malformed ID', (item) => ({ ...item, di: 7 }), { unavailable: 'UNREADABLE' }],
    ['a malformed list view', (item) => ({ ...item, dv: { w: 'x' } }), { unavailable: 'UNREADABLE' }],
    [
      'a changed user',
      (item) => ({ ...item, dv: { ...(item.dv as object), u: 'u-other' } }),
      { recordedAt: rival().recordedAt, unavailable: 'UNREADABLE' },
    ],
    [
      'the identity of a different event',
      (item) => ({ ...item, di: makeEntry({ eventId: 'other' }).id }),
      { recordedAt: rival().recordedAt, unavailable: 'UNREADABLE' },
    ],
  ])('shows the entry and its other disputes if one has %s', async (_, change, shown) => {
    await entries.disputes.insert(entry, rival(), 0);
    await entries.disputes.insert(entry, rival({ userId: 'u-3' }), 1);
    forge(0, change);
    const found = await lookUp(entry.id);
    expect(found?.entry).toEqual(entry);
    expect(found?.disputes).toEqual([shown, expect.objectContaining({ differences: expect.any(Array) })]);
  });

  it('reads the first slot in parallel with the entry, and fails only if the caller can see the entry', async () => {
    const failing = {
      get: (...key: [string, string]) => entries.get(...key),
      disputes: { ...entries.disputes, list: () => Promise.reject(new Error('throttled')) },
    };
    const ports = { entries: failing, now: () => now };
    await expect(lookUpEntry(entry.id, makeCaller(), ports)).rejects.toThrow('throttled');
    expect(await lookUpEntry(entry.id, makeCaller({ accounts: ['999999999999'] }), ports)).toBeUndefined();
    expect(await lookUpEntry(makeEntry({ eventId: 'none' }).id, makeCaller(), ports)).toBeUndefined();
  });
});
