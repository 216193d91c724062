import { beforeEach, describe, expect, it } from 'vitest';
import { lookUpEntry } from '../../../core/search/entry-lookup.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { MemoryOverflowStore } from '../../../store/memory-overflow-store.ts';
import { insertOne, makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { makeLargeEntry } from '../../support/large-entries.ts';

let overflow: MemoryOverflowStore;
let entries: MemoryEntryStore;

beforeEach(() => {
  overflow = new MemoryOverflowStore();
  entries = new MemoryEntryStore({}, overflow);
});

const lookUp = (id: string, caller = makeCaller(), nowMillis = now) =>
  lookUpEntry(id, caller, { entries, now: () => nowMillis });

describe('lookUpEntry', () => {
  it.each([makeEntry({ eventId: 'small' }), makeLargeEntry({ eventId: 'large' })])(
    'returns the complete entry to a caller who can see it: $eventId',
    async (entry) => {
      await insertOne(entries, entry);
      expect(await lookUp(entry.id)).toEqual(entry);
      expect(await lookUp(entry.id, makeCaller({ accounts: [entry.accountId] }))).toEqual(entry);
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
