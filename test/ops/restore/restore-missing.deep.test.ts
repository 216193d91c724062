import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { renameAfterMillis } from '../../../core/directory/directory-rows.ts';
import { entryKey } from '../../../core/storage/keys.ts';
import type { DirectoryRow } from '../../../core/storage/ports.ts';
import { fixedShards } from '../../../core/storage/shard-counts.ts';
import { toStorableDispute } from '../../../store/dispute-item.ts';
import { toStorable } from '../../../store/entry-item.ts';
import { type Fault, startProxy } from '../../e2e/faulty-stack.ts';
import { makeDynamoDbStores } from '../../support/dynamodb.ts';
import { getFullEntry, insertOne, makeEntry } from '../../support/entries.ts';
import { provideTranslatingDynalite } from '../../support/translating-dynalite.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const dynalite = provideTranslatingDynalite();

/** Runs the command in a child process. */
function restoreMissing(...args: string[]): Promise<{ code: number; output: string }> {
  return restoreAt(dynalite.endpoint.href, ...args);
}

function restoreAt(endpoint: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: '210987654321',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'ops', 'restore', 'restore-missing.ts'), ...args],
      { env },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
}

const entries = Array.from({ length: 120 }, (_, number) =>
  makeEntry({ eventId: `e-${number}`, expiresAt: 2_000_000_000 }),
);

/** Creates a table with all entries, as after a restore, and one that lacks every second entry. */
async function makeTables() {
  const [restored, live] = [
    await makeDynamoDbStores(dynalite.endpoint.href),
    await makeDynamoDbStores(dynalite.endpoint.href),
  ];
  for (const entry of entries) await insertOne(restored.entries, entry);
  for (const { organizationId, id } of entries.filter((_, number) => number % 2 === 0)) {
    const Key = { pk: entryKey(organizationId, id) };
    const { Item } = await restored.documents.send(new GetCommand({ TableName: restored.tableName, Key }));
    await live.documents.send(new PutCommand({ TableName: live.tableName, Item }));
  }
  const tables = ['--from', restored.tableName, '--to', live.tableName];
  const items = async () =>
    (await live.documents.send(new ScanCommand({ TableName: live.tableName }))).Items ?? [];
  return { live, restored, tables, items };
}

describe('restore-missing', () => {
  it('copies missing items unchanged, and nothing when it is repeated', async () => {
    const { live, tables, items } = await makeTables();
    expect(await restoreMissing(...tables, '--dry-run')).toEqual({
      code: 0,
      output: '120 items seen: 60 missing, 60 already there.\n',
    });
    expect(await items()).toHaveLength(60);
    const first = await restoreMissing(...tables);
    expect(first).toEqual({ code: 0, output: '120 items seen: 60 copied, 60 already there.\n' });
    for (const entry of entries.slice(0, 4))
      expect(await getFullEntry(live.entries, 'acme', entry.id)).toEqual(entry);
    const again = await restoreMissing(...tables);
    expect(again.output).toBe('120 items seen: 0 copied, 120 already there.\n');
  });

  it('leaves differing items unchanged and prints their keys', async () => {
    const { live, tables } = await makeTables();
    const changed = { ...makeEntry({ eventId: 'e-0' }), role: 'Viewer' };
    await live.documents.send(
      new PutCommand({ TableName: live.tableName, Item: toStorable(changed, fixedShards()).item }),
    );
    const { code, output } = await restoreMissing(...tables);
    expect(code).toBe(1);
    expect(output).toMatch(/1 item different, left unchanged:\n {2}acme#/);
    expect((await live.entries.get('acme', changed.id))?.head.role).toBe('Viewer');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another user', { u: 'acme#u-forged#0' }, 'the key of index user does not match the entry'],
    ['another id', { id: `7${entries[1]?.id.slice(1)}` }, 'the content hash does not match the content'],
    ['another verdict and role', { v: 'role' }, 'the content hash does not match the content'],
    ['an unreadable detail', { d: Buffer.from('x') }, 'the item cannot be read as an entry'],
  ])('reports an entry with %s and does not copy it', async (_, change, reason) => {
    const { live, tables, items } = await makeTables();
    const [, missing = makeEntry({ eventId: 'none' })] = entries;
    const forged = change.v === 'role' ? { ...missing, role: 'Viewer' } : missing;
    const { item } = toStorable(forged, fixedShards());
    const Item = { ...item, ...(change.v === 'role' ? {} : change) };
    await live.documents.send(new PutCommand({ TableName: tables[1], Item }));
    const { code, output } = await restoreMissing(...tables);
    expect(code).toBe(1);
    expect(output).toContain('1 item not copied, because the recorder cannot have written them:\n  acme#');
    expect(output).toContain(reason);
    expect(await items()).toHaveLength(119);
  });

  it('copies disputes with their entries, and none that the recorder cannot have kept', async () => {
    const { live, tables, restored } = await makeTables();
    const [first, second] = entries;
    if (first === undefined || second === undefined) throw new Error('no entries');
    const rival = (number: number) => makeEntry({ eventId: `e-${number}`, userId: 'u-rival' });
    await restored.entries.disputes.insert(first, rival(0), 0);
    await restored.entries.disputes.insert(second, rival(1), 0);
    await restored.entries.disputes.insert(second, makeEntry({ eventId: 'e-1', userId: 'u-3' }), 1);
    const { item } = toStorableDispute(second, rival(1), 2, fixedShards());
    const forgeries: [Record<string, unknown>, string][] = [
      [{ f: 'globex#DISPUTED#0' }, 'the key of index finding does not match'],
      [{ r: 'acme#999999999999#DISPUTED#0' }, 'the key of index accountRegion does not match'],
      [{ u: 'acme#u-1#0' }, 'the key of index user does not match'],
      [{ v: { ...(item.v as object), u: 'u-9' } }, 'the list view is not that of the entry'],
      [{ dv: { ...(item.dv as object), u: 'u-9' } }, 'the content hash does not match the content'],
      [{ di: makeEntry({ eventId: 'other' }).id }, 'the event id does not match'],
      [{ d: Buffer.from('x') }, 'cannot be read as a dispute'],
      [{ ...toStorableDispute(second, second, 0, fixedShards()).item }, 'the event does not differ'],
    ];
    for (const [place, [change]] of forgeries.entries()) {
      const Item = { ...item, ...change, pk: String(item.pk).replace(/.$/, String(place + 2)) };
      await restored.documents.send(new PutCommand({ TableName: restored.tableName, Item }));
    }
    const lost = toStorableDispute(makeEntry({ eventId: 'lost' }), rival(1), 0, fixedShards()).item;
    await restored.documents.send(new PutCommand({ TableName: restored.tableName, Item: lost }));
    const expired = toStorableDispute(
      makeEntry({ eventId: 'expired', expiresAt: 1 }),
      rival(1),
      0,
      fixedShards(),
    ).item;
    await restored.documents.send(new PutCommand({ TableName: restored.tableName, Item: expired }));
    const { code, output } = await restoreMissing(...tables);
    expect(code).toBe(1);
    expect(output).toContain('133 items seen: 63 copied, 60 already there.\n');
    expect(output).toContain('1 dispute not copied: they expired with their entries.\n');
    expect(output).toContain('9 items not copied, because the recorder cannot have written them:');
    for (const [, reason] of forgeries) expect(output).toContain(reason);
    expect(output).toContain('the table has no genuine entry for it');
    for (const entry of [first, second]) {
      expect(await live.entries.disputes.list('acme', entry.id)).toHaveLength(entry === first ? 1 : 2);
    }
  });

  it('ignores renewals of directory rows, but reports any other change', async () => {
    const [restored, live] = [
      await makeDynamoDbStores(dynalite.endpoint.href),
      await makeDynamoDbStores(dynalite.endpoint.href),
    ];
    const seenAtMillis = Date.parse('2026-11-01T00:00:00Z');
    const user = (name: string, later = 0): DirectoryRow => ({
      ...{ field: 'users', accountId: '123456789012', term: 'u-1', value: 'u-1', email: 'x@example.com' },
      ...{ name, seenAtMillis: seenAtMillis + later },
    });
    const place: DirectoryRow = { field: 'accountRegions', term: '123456789012', value: 'eu-west-1' };
    await restored.directory.ensure('acme', [user('Jo Old'), place]);
    await live.directory.ensure('acme', [user('Jo Old'), place]);
    await live.directory.ensure('acme', [user('Jo New', 2 * renameAfterMillis)]);
    const tables = ['--from', restored.directoryName, '--to', live.directoryName];
    expect(await restoreMissing(...tables)).toEqual({
      code: 0,
      output:
        '2 items seen: 0 copied, 2 already there.\n1 of them have another name, email address or time now: the recorder renews these.\n',
    });
    const { Items: [item] = [] } = await live.documents.send(
      new ScanCommand({
        TableName: live.directoryName,
        FilterExpression: 'v = :value',
        ExpressionAttributeValues: { ':value': 'u-1' },
      }),
    );
    expect(item).toMatchObject({ m: 'Jo New' });
    await live.documents.send(new PutCommand({ TableName: live.directoryName, Item: { ...item, v: 'u-2' } }));
    const { code, output } = await restoreMissing(...tables);
    expect(code).toBe(1);
    expect(output).toMatch(
      /^2 items seen: 0 copied, 1 already there\.\n1 item different, left unchanged:\n {2}acme#/,
    );
  });

  it('copies expired entries without their expiry time on request', async () => {
    const { live, tables, items } = await makeTables();
    await restoreMissing(...tables, '--forever');
    expect((await items()).filter(({ expiresAt }) => expiresAt === undefined)).toHaveLength(60);
    const [, { expiresAt: _, ...missing } = makeEntry({ eventId: 'none' })] = entries;
    expect(await getFullEntry(live.entries, 'acme', missing.id)).toEqual(missing);
    expect(await restoreMissing(...tables)).toMatchObject({
      code: 0,
      output: expect.stringContaining('120 already there'),
    });
  });

  it.each([
    [['--from', 'a-table'], /--to must be the name of a table; it is missing/],
    [['--from', 'no table', '--to', 'a-table'], /--from must be the name of a table; is "no table"/],
    [['--all'], /Unknown option '--all'/],
  ])('rejects %j and explains why', async (args, message) => {
    const { code, output } = await restoreMissing(...args);
    expect(code).toBe(2);
    expect(output).toMatch(message);
  });

  it('fails with the error of AWS after it printed the counts', async () => {
    const { tables, items } = await makeTables();
    let puts = 0;
    const fault = {
      current: ((operation) =>
        operation === 'BatchExecuteStatement' && ++puts === 7 && 'AccessDenied') as Fault,
    };
    const { server, url } = await startProxy(dynalite.endpoint, fault);
    const { code, output } = await restoreAt(url, ...tables);
    server.close();
    expect(code).toBe(1);
    const copied = (await items()).length - 60;
    expect(output).toMatch(
      new RegExp(
        `^\\d+ items seen: ${copied} copied, \\d+ already there\\.\nAccessDenied: injected fault\n$`,
      ),
    );
  });

  it('fails when a table does not exist or both are the same', async () => {
    expect((await restoreMissing('--from', 'a-table', '--to', 'other-table')).code).toBe(1);
    const same = await restoreMissing('--from', 'a-table', '--to', 'a-table');
    expect(same).toEqual({ code: 1, output: '--from and --to are the same table\n' });
  });
});
