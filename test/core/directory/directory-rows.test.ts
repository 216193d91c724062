import { describe, expect, it } from 'vitest';
import { directoryRowsOf, renameAfterMillis, replacementOf } from '../../../core/directory/directory-rows.ts';
import { makeEntry } from '../../support/entries.ts';

const at = Date.parse('2026-11-10T00:00:00Z');
const entry = makeEntry({ eventId: 'e', occurredAtMillis: at, userId: 'u-1', name: 'orders-d' });
const accountId = entry.accountId;

describe('directoryRowsOf', () => {
  it('returns the account and Region, the user terms in order, the resource name, and the name for the ID of the target', () => {
    expect(directoryRowsOf(entry).map((row) => [row.field, row.accountId, row.term, row.value])).toEqual([
      ['accountRegions', undefined, accountId, 'eu-west-1'],
      ['users', accountId, 'Asha Rao', 'u-1'],
      ['users', accountId, 'asha@acme.example', 'u-1'],
      ['users', accountId, 'u-1', 'u-1'],
      ['resources', accountId, 'orders-d', 'orders-d'],
      ['targets', undefined, 'id-orders-d', `["${accountId}","eu-west-1","rds","orders-d"]`],
    ]);
  });

  it('returns no row for absent fields and no duplicate rows', () => {
    const user = { id: 'rotation-job', name: 'rotation-job', type: 'service' as const };
    const users = directoryRowsOf({ ...entry, user }).filter((row) => row.field === 'users');
    expect(users).toMatchObject([{ term: 'rotation-job', name: 'rotation-job', email: undefined }]);
  });

  it('uses the recording time for an event in the future', () => {
    const future = makeEntry({ eventId: 'e', occurredAtMillis: at + 1e10, recordedAtMillis: at });
    expect(directoryRowsOf(future).find((row) => row.field === 'users')?.seenAtMillis).toBe(at);
  });
});

describe('replacementOf', () => {
  const stored = {
    field: 'users' as const,
    accountId,
    term: 'u-1',
    value: 'u-1',
    name: 'Asha Rao',
    email: 'asha@acme.example',
    seenAtMillis: at,
  };
  const later = { ...stored, seenAtMillis: at + renameAfterMillis };

  it('returns the later row if the name or address changed, and keeps absent fields', () => {
    expect(replacementOf(stored, { ...later, name: 'Asha Singh', email: undefined })).toEqual({
      ...later,
      name: 'Asha Singh',
    });
  });

  it.each([
    ['no new values', later],
    ['absent fields', { ...later, name: undefined, email: undefined }],
    ['a new name within a day', { ...later, name: 'A', seenAtMillis: later.seenAtMillis - 1 }],
    ['an older name', { ...later, name: 'A', seenAtMillis: at - 1 }],
  ])('returns undefined for a row with %s', (_, seen) => {
    expect(replacementOf(stored, seen)).toBeUndefined();
  });

  it('replaces the row at most once a day if two services report different names for a user', () => {
    let [row, writes] = [stored, 0];
    for (let hour = 1; hour <= 240; hour++) {
      const name = hour % 2 ? 'Asha Rao' : 'asha.rao';
      const next = replacementOf(row, { ...stored, name, seenAtMillis: at + hour * 3_600_000 });
      if (next) [row, writes] = [next as typeof row, writes + 1];
    }
    expect(writes).toBeGreaterThan(0);
    expect(writes).toBeLessThanOrEqual(10);
  });
});
