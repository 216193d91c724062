// Tests the adapters of the sealed log against the local stack.

import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchExecuteStatementCommand, DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableKind } from '../../local/cloudformation/kinds/dynamodb.ts';
import { keyKind } from '../../local/cloudformation/kinds/kms.ts';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { DynamoDbEntryScan } from '../../store/dynamodb-entry-scan.ts';
import { DynamoDbEntryStream } from '../../store/dynamodb-entry-stream.ts';
import { DynamoDbSequencerStore } from '../../store/dynamodb-sequencer-store.ts';
import { KmsCheckpointSigner } from '../../store/kms-checkpoint-signer.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { logAssets, logTemplate } from '../local/log-stack.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-adapters-'));
const assetsDir = logAssets();
let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack({ template: logTemplate(), assetsDir, dataDir });
});
afterAll(async () => {
  await stack.stop();
  for (const folder of [dataDir, assetsDir]) rmSync(folder, { recursive: true, force: true });
});

const options = (endpoint = `http://127.0.0.1:${stack.port}`) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
  maxAttempts: 1,
});
const nowhere = 'http://127.0.0.1:1';
const unavailable = { code: 'STORE_UNAVAILABLE' };
const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const text = (found: { bytes: Uint8Array } | undefined) => found && Buffer.from(found.bytes).toString();

describe('S3LogObjects', () => {
  const objects = (endpoint?: string) =>
    new S3LogObjects({ client: new S3Client(options(endpoint)), bucketName: 'log', lockMode: 'compliance' });
  const plain = { contentType: 'text/plain' };

  it('creates an object once', async () => {
    expect(await objects().get('once')).toBeUndefined();
    expect(await objects().putNew('once', bytes('one'), plain)).toBe('created');
    expect(await objects().putNew('once', bytes('two'), plain)).toBe('exists');
    expect(text(await objects().get('once'))).toBe('one');
  });

  it('replaces an object only if it is the one that was read', async () => {
    expect(await objects().replace('head', bytes('1'), undefined, plain)).toBe('replaced');
    expect(await objects().replace('head', bytes('x'), undefined, plain)).toBe('lost');
    const { etag } = (await objects().get('head')) ?? {};
    const replacements = ['2', '3'].map((body) => objects().replace('head', bytes(body), etag, plain));
    expect((await Promise.all(replacements)).sort()).toEqual(['lost', 'replaced']);
    expect(await objects().replace('no-head', bytes('1'), etag, plain)).toBe('lost');
  });

  it('locks an object until the given time', async () => {
    const lockUntilMillis = Date.now() + 3_600_000;
    await objects().putNew('locked', bytes('kept'), { ...plain, lockUntilMillis });
    const stored = await new S3Client(options()).send(new GetObjectCommand({ Bucket: 'log', Key: 'locked' }));
    expect(stored.ObjectLockMode).toBe('COMPLIANCE');
    expect(stored.ObjectLockRetainUntilDate?.getTime()).toBe(lockUntilMillis);
  });

  it('lists keys in order after a key, and no removed ones', async () => {
    for (const key of ['l/1', 'l/2', 'l/3']) await objects().putNew(key, bytes(key), plain);
    await objects().remove('l/3');
    expect(await objects().list('l/', 'l/1')).toEqual({ keys: ['l/2'], hasMore: false });
    expect(await objects().get('l/3')).toBeUndefined();
  });

  it('fails with STORE_UNAVAILABLE when S3 is unreachable', async () => {
    await expect(objects(nowhere).get('a')).rejects.toMatchObject(unavailable);
    await expect(objects(nowhere).putNew('a', bytes('a'), plain)).rejects.toMatchObject(unavailable);
    await expect(objects(nowhere).list('a')).rejects.toMatchObject(unavailable);
  });
});

describe('DynamoDbSequencerStore', () => {
  const store = (endpoint?: string) =>
    new DynamoDbSequencerStore({
      client: DynamoDBDocumentClient.from(new DynamoDBClient(options(endpoint))),
      tableName: 'RequestLogs-local-Sequencer',
    });

  it('writes a version only after the one before it', async () => {
    expect(await store().read()).toBeUndefined();
    expect(await store().write('a', 1)).toBe('lost');
    expect(await store().write('a', 0)).toBe('written');
    expect(await store().write('b', 0)).toBe('lost');
    const writes = await Promise.all(['b', 'c', 'd'].map((value) => store().write(value, 1)));
    expect(writes.filter((result) => result === 'written')).toHaveLength(1);
    expect(await store().read()).toMatchObject({ version: 2 });
  });

  it('fails with STORE_UNAVAILABLE when DynamoDB is unreachable', async () => {
    await expect(store(nowhere).read()).rejects.toMatchObject(unavailable);
    await expect(store(nowhere).write('a', 0)).rejects.toMatchObject(unavailable);
  });
});

describe('KmsCheckpointSigner', () => {
  const signer = (endpoint?: string) => {
    const [key] = stack.stack.resources(keyKind);
    return new KmsCheckpointSigner({
      client: new KMSClient(options(endpoint)),
      keyArn: key?.attributes.Arn ?? '',
    });
  };

  it('signs so that its raw public key verifies', async () => {
    const message = bytes('checkpoint');
    const [publicKey, signature] = await Promise.all([signer().publicKey(), signer().sign(message)]);
    expect([publicKey.length, signature.length]).toEqual([32, 64]);
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, message, key, signature)).toBe(true);
  });

  it('fails with STORE_UNAVAILABLE when KMS is unreachable', async () => {
    await expect(signer(nowhere).publicKey()).rejects.toMatchObject(unavailable);
    await expect(signer(nowhere).sign(bytes('a'))).rejects.toMatchObject(unavailable);
  });
});

describe('DynamoDbEntryStream and DynamoDbEntryScan', () => {
  const table = 'RequestLogs-local-Entries';
  const client = (endpoint?: string) => new DynamoDBClient(options(endpoint));
  const stream = (endpoint?: string) => {
    const found = stack.stack.resources(tableKind).find(({ ref }) => ref === table);
    return new DynamoDbEntryStream({
      client: new DynamoDBStreamsClient(options(endpoint)),
      streamArn: found?.attributes.StreamArn ?? '',
    });
  };
  const keys = Array.from({ length: 24 }, (_, index) => `key-${index}`);

  beforeAll(async () => {
    const Statements = keys.map((key) => ({
      Statement: `INSERT INTO "${table}" VALUE {'pk': ?, 'b': ?, 'n': ?}`,
      Parameters: [{ S: key }, { B: Buffer.from(key) }, { N: '12345678901234567890' }],
    }));
    await client().send(new BatchExecuteStatementCommand({ Statements }));
    await client().send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: 'key-0' } } }));
  });

  it('reads every record in pages, and says when there is no more', async () => {
    const found: string[] = [];
    for (const { id } of await stream().listShards()) {
      let after = 'start';
      for (;;) {
        const read = await stream().read(id, after, 3);
        if (read.status !== 'read') throw new Error(read.status);
        found.push(
          ...read.records.map(({ kind, newImage, oldImage }) => `${kind} ${(newImage ?? oldImage)?.pk}`),
        );
        after = read.next;
        if (read.isCaughtUp) break;
      }
      expect(await stream().read(id, after, 3)).toEqual({
        status: 'read',
        records: [],
        next: after,
        isAtEnd: false,
        isCaughtUp: true,
      });
    }
    expect(found.sort()).toEqual([...keys.map((key) => `INSERT ${key}`), 'REMOVE key-0'].sort());
  });

  it('returns items like the document client, and numbers that a double cannot hold as text', async () => {
    const { items } = await new DynamoDbEntryScan({ client: client(), tableName: table }).scan(undefined, 1);
    expect(Buffer.from(items[0]?.b as Uint8Array).toString()).toBe(items[0]?.pk);
    expect(items[0]?.n).toBe('12345678901234567890');
  });

  it('scans every item in pages', async () => {
    const scan = new DynamoDbEntryScan({ client: client(), tableName: table });
    const found: unknown[] = [];
    for (let after: string | undefined; ; ) {
      const page = await scan.scan(after, 5);
      found.push(...page.items.map(({ pk }) => pk));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(found.sort()).toEqual(keys.slice(1).sort());
  });

  it('reports a shard that no longer exists as trimmed', async () => {
    expect(await stream().read('shardId-00000000000000000000-00000000', 'start', 1)).toEqual({
      status: 'trimmed',
    });
  });

  it('fails with STORE_UNAVAILABLE when DynamoDB is unreachable', async () => {
    await expect(stream(nowhere).listShards()).rejects.toMatchObject(unavailable);
    await expect(stream(nowhere).read('a', 'start', 1)).rejects.toMatchObject(unavailable);
  });
});
