import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startQueueServer } from '../../../local/queues/fauxqs.ts';
import { startLocalStack } from '../../../local/stack/local-stack.ts';
import { type ClassifiedObject, classifyObjects } from '../../../ops/orphans/orphans.ts';
import { toOverflowObject } from '../../../store/overflow.ts';
import { S3OverflowStore } from '../../../store/s3-overflow-store.ts';
import { clientFor, makeDynamoDbStores } from '../../support/dynamodb.ts';
import { insertOne, makeEntry } from '../../support/entries.ts';
import { makeLargeEntry, WatchedOverflow } from '../../support/large-entries.ts';
import { startTranslatingDynalite, type TranslatingDynalite } from '../../support/translating-dynalite.ts';
import { startTaggingProxy } from '../tagging-proxy.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-orphans-'));
const credentials = { accessKeyId: '210987654321', secretAccessKey: 'local' };
let dynalite: TranslatingDynalite;
let fauxqs: Awaited<ReturnType<typeof startQueueServer>>;

beforeAll(async () => {
  dynalite = await startTranslatingDynalite(dataDir);
  fauxqs = await startQueueServer(dataDir);
});
afterAll(async () => {
  await dynalite.stop();
  await fauxqs.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const connect = (endpoint = `http://127.0.0.1:${fauxqs.port}`) =>
  new S3Client({ endpoint, region: 'eu-west-1', credentials });

/** Runs the command in a child process. */
function findOrphans(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint.href,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${fauxqs.port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'ops', 'orphans', 'find-orphans.ts'), ...args],
      { env },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

let buckets = 0;

/**
 * Creates an empty table and bucket with their stores. `crash` simulates a crash between the writes of object and item.
 */
async function makeStores(bucket = `overflow-${buckets++}`) {
  const s3 = connect();
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const overflow = new WatchedOverflow(new S3OverflowStore({ client: s3, bucketName: bucket }));
  const {
    entries,
    client: dynamodb,
    tableName: table,
  } = await makeDynamoDbStores(dynalite.endpoint.href, overflow);
  const crash = async (eventId: string) => {
    overflow.afterPut = () => {
      throw new Error('crashed');
    };
    await expect(insertOne(entries, makeLargeEntry({ eventId }))).rejects.toThrow('crashed');
    overflow.afterPut = () => {};
    return overflow.written.at(-1) ?? '';
  };
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  return { s3, dynamodb, bucket, table, entries, overflow, crash, put };
}

type Stores = Awaited<ReturnType<typeof makeStores>>;

/** Status by key, as of `minutes` from now. */
async function classify(stores: Stores, minutes = 0): Promise<Record<string, ClassifiedObject['status']>> {
  const found: Record<string, ClassifiedObject['status']> = {};
  const now = () => Date.now() + minutes * 60_000;
  for await (const objects of classifyObjects(stores, now, new AbortController().signal)) {
    for (const { key, status } of objects) found[key] = status;
  }
  return found;
}

describe('classifyObjects', () => {
  it('distinguishes objects that an entry refers to from recent objects and orphans', async () => {
    const stores = await makeStores();
    await insertOne(stores.entries, makeLargeEntry({ eventId: 'kept', expiresAt: 4e9 }));
    const [kept = ''] = stores.overflow.written;
    const orphan = await stores.crash('crashed');
    expect(await classify(stores)).toEqual({ [kept]: 'referenced', [orphan]: 'recent' });
    expect(await classify(stores, 14)).toEqual({ [kept]: 'referenced', [orphan]: 'recent' });
    const forEver = kept.replace(/^retention\.\d+\//, '');
    await stores.put(forEver, 'left by a crash before the retention was set');
    expect(await classify(stores, 16)).toEqual({
      [kept]: 'referenced',
      [orphan]: 'orphan',
      [forEver]: 'orphan',
    });
  });

  it('counts an object that only a dispute refers to as referenced', async () => {
    const stores = await makeStores();
    const entry = makeEntry({ eventId: 'contested', expiresAt: 4e9 });
    await insertOne(stores.entries, entry);
    const { disputes } = stores.entries;
    expect(await disputes.insert(entry, makeEntry({ eventId: 'contested', userId: 'u-2' }), 0)).toBe(
      'inserted',
    );
    expect(await disputes.insert(entry, makeLargeEntry({ eventId: 'contested' }), 1)).toBe('inserted');
    const [kept = ''] = stores.overflow.written;
    expect(kept).toMatch(/^retention\.\d+\//);
    const other = kept.replace(/[0-9a-f]{64}$/, 'a'.repeat(64));
    await stores.put(other, 'left by a crash');
    expect(await classify(stores, 60)).toEqual({ [kept]: 'referenced', [other]: 'orphan' });
  });

  it('reports an object with different content or a different time than the entry as an orphan', async () => {
    const stores = await makeStores();
    const entry = makeLargeEntry({ eventId: 'same' });
    await insertOne(stores.entries, entry);
    const [kept = ''] = stores.overflow.written;
    const other = toOverflowObject(makeLargeEntry({ eventId: 'same' }), makeEntry({ eventId: 'same' })).key;
    const earlier = kept.replace(entry.id, `00${entry.id.slice(2)}`);
    for (const key of [other, earlier]) await stores.put(key, 'left by a crash');
    expect(await classify(stores, 60)).toEqual({
      [kept]: 'referenced',
      [other]: 'orphan',
      [earlier]: 'orphan',
    });
  });

  it('reports objects whose size differs from their entry, and names that the recorder does not generate', async () => {
    const stores = await makeStores();
    await insertOne(stores.entries, makeLargeEntry({ eventId: 'cut' }));
    const [damaged = ''] = stores.overflow.written;
    await stores.put(damaged, 'cut');
    const unrecognized = ['readme.txt', 'acme/not-an-id/x', damaged.toUpperCase(), `${damaged}/more`];
    for (const key of unrecognized) await stores.put(key, 'x');
    expect(await classify(stores, 60)).toEqual({
      [damaged]: 'damaged',
      ...Object.fromEntries(unrecognized.map((key) => [key, 'unrecognized'])),
    });
  });

  it('classifies all pages of a listing', async () => {
    const stores = await makeStores();
    const keys = [await stores.crash('a'), await stores.crash('b'), await stores.crash('c')].sort();
    await insertOne(stores.entries, makeLargeEntry({ eventId: 'kept', organizationId: 'zebra' }));
    // Simulates pages of two objects.
    stores.s3.middlewareStack.add(
      (next) => (args) => next({ ...args, input: { ...args.input, MaxKeys: 2 } }),
      { step: 'initialize' },
    );
    expect(Object.entries(await classify(stores, 60))).toEqual([
      ...keys.map((key) => [key, 'orphan']),
      [stores.overflow.written.at(-1), 'referenced'],
    ]);
  });
});

describe('find-orphans', () => {
  it('lists objects that no entry refers to, with size and age, and prints totals', async () => {
    const stores = await makeStores();
    await insertOne(stores.entries, makeLargeEntry({ eventId: 'kept' }));
    const names = ['--bucket', stores.bucket, '--table', stores.table];
    const none = await findOrphans(names);
    expect(none).toMatchObject({ code: 0, stdout: '' });
    expect(none.stderr).toMatch(
      /^1 object examined:\n {2}1 referenced, .* kB: .*\n {2}0 orphan, 0 B: no entry refers to them\.\n$/,
    );
    const key = await stores.crash('crashed');
    const { code, stdout, stderr } = await findOrphans(names);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^STATUS        SIZE      AGE   KEY\nrecent        [0-9.]+ kB  0m    ${key}\n$`),
    );
    expect(stderr).toMatch(/1 recent, [0-9.]+ kB: no entry refers to them yet; younger/);
    expect(await classify(stores)).toMatchObject({ [key]: 'recent' });
  });

  it('fails when an object is damaged, and escapes control characters of keys', async () => {
    const stores = await makeStores();
    await insertOne(stores.entries, makeLargeEntry({ eventId: 'cut' }));
    const [damaged = ''] = stores.overflow.written;
    await stores.put(damaged, 'cut');
    await stores.put('a\u202eb', 'x');
    const { code, stdout } = await findOrphans(['--bucket', stores.bucket, '--table', stores.table]);
    expect(code).toBe(1);
    expect(stdout).toContain(`damaged       3 B       0m    ${damaged}\n`);
    expect(stdout).toContain('unrecognized');
    expect(stdout).not.toContain('\u202e');
  });

  it('finds the bucket and the table of a stage by their names', async () => {
    const stage = 'prod';
    const { crash } = await makeStores(`requestlogs-${stage}-overflowbucket8a14bf62-x1y2`);
    await makeStores(`requestlogs-${stage}-two-overflowbucket8a14bf62-x1y2`);
    const missing = await findOrphans(['--stage', stage]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/^no table RequestLogs-prod-TablesEntries… found; .*--bucket and --table/);
    await makeTable(`RequestLogs-${stage}-TablesEntriesB4C203C1-X1Y2`);
    // The name of a restored table in the runbook.
    await makeTable(`RequestLogs-${stage}-TablesEntriesB4C203C1-X1Y2-restored`);
    const key = await crash('crashed');
    const { code, stdout } = await findOrphans(['--stage', stage]);
    expect(code).toBe(0);
    expect(stdout).toContain(key);
    await connect().send(
      new CreateBucketCommand({ Bucket: `requestlogs-${stage}-overflowbucket8a14bf62-old` }),
    );
    const several = await findOrphans(['--stage', stage]);
    expect(several.code).toBe(1);
    expect(several.stderr).toMatch(/^several buckets requestlogs-prod-overflowbucket….*; pass the names/);
  });

  it('finds the bucket of a long stage, whose name CloudFormation truncates, by its stack tag', async () => {
    const stage = 'production-europe-a';
    const cut = 'requestlogs-production-euro-overflowbucket8a14bf62';
    const [ours, others, unnamed] = [`${cut}-a1a1a1a1a1a1`, `${cut}-b2b2b2b2b2b2`, `${cut}-c3c3c3c3c3c3`];
    const { crash } = await makeStores(ours);
    for (const bucket of [others, unnamed]) await makeStores(bucket);
    await makeTable(`RequestLogs-${stage}-TablesEntriesB4C203C1-X1Y2`);
    const key = await crash('crashed');
    const find = async (stacks: Record<string, string>) => {
      using proxy = await startTaggingProxy(fauxqs.port, stacks);
      return await findOrphans(['--stage', stage], { AWS_ENDPOINT_URL_S3: proxy.url });
    };
    const [stack, other] = [`RequestLogs-${stage}`, 'RequestLogs-production-europe-b'];
    const { code, stdout } = await find({ [ours]: stack, [others]: other });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(key) });
    expect(await find({ [others]: other })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^no bucket requestlogs-production-e….* of RequestLogs-production-europe-a found; .*--bucket and --table/,
      ),
    });
    expect(await find({ [ours]: stack, [unnamed]: stack })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(`^several buckets .* found: ${ours}, ${unnamed}; pass the names`),
      ),
    });
    expect(await find({ [ours]: stack, [others]: 'denied' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(
          `^cannot determine the stack of bucket ${others} without s3:GetBucketTagging; pass the names`,
        ),
      ),
    });
  });

  it('reads the stack tag of a bucket whose full name can be the truncated name of another stage', async () => {
    const stage = 'production-e-us';
    const bucket = `requestlogs-${stage}-overflowbucket8a14bf62-x1y2x1y2x1y2`;
    await makeStores(bucket);
    await makeTable(`RequestLogs-${stage}-TablesEntriesB4C203C1-X1Y2`);
    for (const [stack, code] of [
      [`RequestLogs-${stage}`, 0],
      [`RequestLogs-${stage}a-two`, 1],
    ] as const) {
      using proxy = await startTaggingProxy(fauxqs.port, { [bucket]: stack });
      expect(await findOrphans(['--stage', stage], { AWS_ENDPOINT_URL_S3: proxy.url })).toMatchObject({
        code,
      });
    }
  });

  it('searches the local stack by default', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'request-logs-orphans-stack-'));
    const stack = await startLocalStack({ template: localTemplate, assetsDir: folder, dataDir: folder });
    try {
      const [Bucket] = stack.status().buckets;
      await connect(`http://127.0.0.1:${stack.port}`).send(
        new PutObjectCommand({ Bucket, Key: 'acme/unknown', Body: 'x' }),
      );
      const { code, stdout } = await findOrphans([], { PORT: String(stack.port) });
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: 'STATUS        SIZE      AGE   KEY\nunrecognized  1 B       0m    acme/unknown\n',
      });
    } finally {
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    [['--stage', 'Prod!'], /^--stage must be 1 to 20 of a-z0-9- and .*; got "Prod!"/],
    [['--bucket', 'a-bucket'], /^--table is required: pass both names or neither/],
    [['--bucket', 'A', '--table', 'a-table'], /^--bucket must be a valid bucket name; got "A"/],
    [['--stage', 'a', '--bucket', 'a-bucket', '--table', 'a-table'], /^--stage cannot be combined/],
    [['--all'], /^Unknown option '--all'/],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await findOrphans(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('fails when the bucket does not exist or the local stack does not respond', async () => {
    const { code, stderr } = await findOrphans(['--bucket', 'no-bucket', '--table', 'a-table']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^NoSuchBucket: /)]);
    const unanswered = await findOrphans([], { PORT: '1' });
    expect([unanswered.code, unanswered.stderr]).toEqual([1, expect.stringContaining('No response')]);
  });
});

/** Creates a table with only its key, under the name that CloudFormation generates. */
async function makeTable(TableName: string): Promise<void> {
  const client = clientFor(dynalite.endpoint.href);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName });
}

const localTemplate = {
  Resources: {
    OverflowBucket8A14BF62: { Type: 'AWS::S3::Bucket', Properties: {} },
    TablesEntriesB4C203C1: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      },
    },
  },
};
