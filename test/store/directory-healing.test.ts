// A recorder that crashes between any two writes leaves a harmless state, and the redelivery completes it.

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { listDirectory } from '../../core/directory/directory-listing.ts';
import type { DirectoryQuery } from '../../core/directory/directory-query.ts';
import { directoryRowsOf } from '../../core/directory/directory-rows.ts';
import { Recorder } from '../../core/recording/recorder.ts';
import type { Directory } from '../../core/storage/ports.ts';
import { directoryIn } from '../support/directory.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { makeEntry } from '../support/entries.ts';
import { makeCaller, makeEvent, now, policy } from '../support/fixtures.ts';
import { recordOne } from '../support/record.ts';
import { provideTranslatingDynalite } from '../support/translating-dynalite.ts';

const dynalite = provideTranslatingDynalite();

const noQueue = {
  send: async () => {
    throw new Error('nothing is rejected in this test');
  },
};

/** Allows this many puts and fails all others, as if the process had crashed. Counts the allowed puts. */
function cutPuts(client: DynamoDBDocumentClient, allowed: number): { count: number; allowed: number } {
  const puts = { count: 0, allowed };
  client.middlewareStack.add(
    (next) => async (args) => {
      if (!('Item' in args.input) && !('Statements' in args.input)) return next(args);
      if (puts.count >= puts.allowed) throw new Error('the process crashed');
      puts.count++;
      return next(args);
    },
    { step: 'initialize', priority: 'high' },
  );
  return puts;
}

const query = (overrides: Partial<DirectoryQuery>): DirectoryQuery => ({
  list: 'users',
  prefix: '',
  limit: 50,
  ...overrides,
});

/** Account and region, three terms of the user, the resource name, and the name of the target. The entry follows. */
const rowCount = 6;

describe('the directory of an event whose recording was interrupted', () => {
  it.each(Array.from({ length: rowCount + 1 }, (_, writes) => writes))(
    'is completed by the redelivery after %i writes',
    async (writes) => {
      const stores = await makeDynamoDbStores(dynalite.endpoint.href);
      const puts = cutPuts(stores.documents, writes);
      const recorder = (directory: Directory) =>
        new Recorder({ ...stores, directory, rejected: noQueue, deadLetters: noQueue }, policy, () => now);
      const actor = { userId: 'u-7', name: 'Ada Bo', email: 'ada@acme.example', type: 'user', role: 'Admin' };
      const body = JSON.stringify(makeEvent({ detail: { actor } }));
      await expect(recordOne(recorder(stores.directory), body)).rejects.toThrow('the process crashed');
      // Wait for the calls that were in progress at the failure.
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect(puts.count).toBe(writes);

      puts.allowed = Number.POSITIVE_INFINITY;
      const restarted = directoryIn(stores.documents, stores.directoryName);
      expect((await recordOne(recorder(restarted), body)).status).toBe('recorded');
      expect(puts.count).toBe(rowCount + 1);
      const find = async (overrides: Partial<DirectoryQuery>) =>
        (await listDirectory(query(overrides), makeCaller(), restarted)).values;
      for (const prefix of ['U-7', 'ADA B', 'ada@', '']) {
        expect(await find({ prefix })).toEqual([{ value: 'u-7', name: actor.name, email: actor.email }]);
      }
      for (const list of ['accounts', 'regions', 'resources'] as const) {
        expect(await find({ list })).toHaveLength(1);
      }
      // A process that has seen its rows writes only the entry, and a duplicate costs no row.
      const resent = JSON.stringify({ ...JSON.parse(body), id: 'resent' });
      expect((await recordOne(recorder(restarted), resent)).status).toBe('duplicate');
      expect(puts.count).toBe(rowCount + 2);
    },
  );
});

describe('DynamoDbDirectoryWriter', () => {
  it('writes a row once, however many messages and processes need it', async () => {
    const stores = await makeDynamoDbStores(dynalite.endpoint.href);
    const puts = cutPuts(stores.documents, Number.POSITIVE_INFINITY);
    const entry = makeEntry({ eventId: 'e' });
    const rows = directoryRowsOf(entry);
    await Promise.all(Array.from({ length: 10 }, () => stores.directory.ensure('acme', rows)));
    expect(puts.count).toBe(rowCount);
    const other = directoryIn(stores.documents, stores.directoryName);
    await other.ensure('acme', rows);
    await stores.directory.ensure('acme', rows);
    expect(puts.count).toBe(rowCount);
  });

  it('keeps a newer name that another process wrote', async () => {
    const stores = await makeDynamoDbStores(dynalite.endpoint.href);
    const other = directoryIn(stores.documents, stores.directoryName);
    const see = (directory: Directory, name: string, day: number) => {
      const occurredAtMillis = Date.parse('2026-11-01T00:00:00Z') + day * 86_400_000;
      const entry = makeEntry({ eventId: name, occurredAtMillis });
      return directory.ensure('acme', directoryRowsOf({ ...entry, user: { ...entry.user, name } }));
    };
    await see(stores.directory, 'Ada Bo', 0);
    await see(other, 'Ada Cy', 4);
    await see(stores.directory, 'Ada Di', 2);
    const { values } = await listDirectory(query({ prefix: 'u-1' }), makeCaller(), other);
    expect(values).toMatchObject([{ value: 'u-1', name: 'Ada Cy' }]);
  });
});
