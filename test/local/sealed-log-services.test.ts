// Tests the services of the local stack that the sealed log uses, through the SDK and the gateway.
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchExecuteStatementCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { DescribeKeyCommand, GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { logAssets, logTemplate } from './log-stack.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-log-'));
const assetsDir = logAssets();
const root = { accessKeyId: '210987654321', secretAccessKey: 'local' };
let stack: LocalStack;

const start = async () => {
  stack = await startLocalStack({ template: logTemplate(), assetsDir, dataDir });
};
const options = (credentials: { accessKeyId: string; secretAccessKey: string } = root) => ({
  endpoint: `http://127.0.0.1:${stack.port}`,
  region: 'eu-west-1',
  credentials,
  maxAttempts: 1,
});
const dynamodb = () => new DynamoDBClient(options());
const streams = (credentials = root) => new DynamoDBStreamsClient(options(credentials));
const kms = (credentials = root) => new KMSClient(options(credentials));
const s3 = (credentials = root) => new S3Client(options(credentials));
const sealer = () => stack.credentialsOf('Function');

beforeAll(start);
afterAll(async () => {
  await stack.stop();
  for (const folder of [dataDir, assetsDir]) rmSync(folder, { recursive: true, force: true });
});

const table = 'RequestLogs-local-Entries';
const insert = (...keys: string[]) =>
  dynamodb().send(
    new BatchExecuteStatementCommand({
      Statements: keys.map((key) => ({
        Statement: `INSERT INTO "${table}" VALUE {'pk': ?, 'v': ?}`,
        Parameters: [{ S: key }, { B: Buffer.from(key) }],
      })),
    }),
  );

async function readStream(credentials = root) {
  const client = streams(credentials);
  const { Streams } = await streams().send(new ListStreamsCommand({ TableName: table }));
  const StreamArn = Streams?.[0]?.StreamArn;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const records = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    records.push(...Records);
  }
  return records.map(({ eventName, dynamodb: change }) => ({ eventName, ...change }));
}

describe('the stream of a table', () => {
  it('contains each insert that succeeded, and no duplicate', async () => {
    await insert('a', 'b');
    await insert('b', 'c');
    const records = await readStream(sealer());
    expect(records.map(({ eventName, NewImage }) => [eventName, NewImage?.pk?.S]).sort()).toEqual([
      ['INSERT', 'a'],
      ['INSERT', 'b'],
      ['INSERT', 'c'],
    ]);
    expect(Buffer.from(records[0]?.NewImage?.v?.B ?? []).toString()).toBe(records[0]?.NewImage?.pk?.S);
  });

  it('contains changes and removals with the old image', async () => {
    const client = dynamodb();
    const Key = { pk: { S: 'changed' } };
    await client.send(new PutItemCommand({ TableName: table, Item: { ...Key, n: { N: '1' } } }));
    await client.send(new PutItemCommand({ TableName: table, Item: { ...Key, n: { N: '1' } } }));
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key,
        UpdateExpression: 'SET n = :two',
        ExpressionAttributeValues: { ':two': { N: '2' } },
      }),
    );
    await client.send(new DeleteItemCommand({ TableName: table, Key }));
    await client.send(new DeleteItemCommand({ TableName: table, Key }));
    const records = (await readStream()).filter(({ Keys }) => Keys?.pk?.S === 'changed');
    expect(
      records.map(({ eventName, OldImage, NewImage }) => [eventName, OldImage?.n?.N, NewImage?.n?.N]),
    ).toEqual([
      ['INSERT', undefined, '1'],
      ['MODIFY', '1', '2'],
      ['REMOVE', '2', undefined],
    ]);
  });

  it('rejects a call whose changes it cannot capture', async () => {
    const put = { PutRequest: { Item: { pk: { S: 'batch' } } } };
    await expect(
      dynamodb().send(new BatchWriteItemCommand({ RequestItems: { [table]: [put] } })),
    ).rejects.toThrow('does not support BatchWriteItem for a table with a stream');
    const other = { RequestItems: { 'RequestLogs-local-Sequencer': [put] } };
    await dynamodb().send(new BatchWriteItemCommand(other));
  });

  it('is still there after a restart', async () => {
    const before = await readStream();
    await stack.stop();
    await start();
    expect(await readStream()).toEqual(before);
  });
});

describe('a signing key', () => {
  const KeyId = () =>
    `arn:aws:kms:eu-west-1:210987654321:key/${readdirSync(join(dataDir, 'keys'))[0]?.slice(0, -4)}`;
  const sign = { SigningAlgorithm: 'ED25519_SHA_512', MessageType: 'RAW' } as const;

  it('signs with the permission of the role, so that its public key verifies', async () => {
    const Message = Buffer.from('checkpoint');
    const client = kms(sealer());
    const { Signature = Buffer.alloc(0) } = await client.send(
      new SignCommand({ KeyId: KeyId(), Message, ...sign }),
    );
    const { PublicKey = Buffer.alloc(0) } = await client
      .send(new GetPublicKeyCommand({ KeyId: KeyId() }))
      .catch(() => kms().send(new GetPublicKeyCommand({ KeyId: KeyId() })));
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    expect(verify(null, Message, key, Buffer.from(Signature))).toBe(true);
    expect(verify(null, Buffer.from('other'), key, Buffer.from(Signature))).toBe(false);
  });

  it('keeps its private key for the owner only, and over a restart', async () => {
    const { PublicKey } = await kms().send(new GetPublicKeyCommand({ KeyId: KeyId() }));
    await stack.stop();
    await start();
    const { PublicKey: again } = await kms().send(new GetPublicKeyCommand({ KeyId: KeyId() }));
    expect(again).toEqual(PublicKey);
    const { KeyMetadata } = await kms().send(new DescribeKeyCommand({ KeyId: KeyId() }));
    expect(KeyMetadata?.KeySpec).toBe('ECC_NIST_EDWARDS25519');
  });

  it('rejects a caller without permission, a long message, and an unknown key', async () => {
    const Message = Buffer.alloc(4_097);
    await expect(kms().send(new SignCommand({ KeyId: KeyId(), Message, ...sign }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(kms(sealer()).send(new DescribeKeyCommand({ KeyId: KeyId() }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(kms().send(new DescribeKeyCommand({ KeyId: 'none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});

describe('a bucket with Object Lock', () => {
  const put = (Key: string, Body: string, more: object = {}, credentials = root) =>
    s3(credentials).send(new PutObjectCommand({ Bucket: 'log', Key, Body: Buffer.from(Body), ...more }));
  const locked = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date(Date.now() + 60_000) };

  it('creates, replaces and reads objects only if the condition holds', async () => {
    const { ETag } = await put('conditions', 'one', { IfNoneMatch: '*' });
    await expect(put('conditions', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await put('conditions', 'two', { IfMatch: ETag });
    await expect(put('conditions', 'three', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(put('absent', 'three', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: 'log', Key: 'conditions' }));
    expect(await Body?.transformToString()).toBe('two');
  });

  it('keeps locked versions under a delete marker, and removes others', async () => {
    const { VersionId } = await put('kept', 'locked', locked);
    await s3().send(new DeleteObjectCommand({ Bucket: 'log', Key: 'kept' }));
    await expect(s3().send(new GetObjectCommand({ Bucket: 'log', Key: 'kept' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    const removal = { Bucket: 'log', Key: 'kept', VersionId };
    await expect(s3().send(new DeleteObjectCommand(removal))).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Versions, DeleteMarkers } = await s3().send(
      new ListObjectVersionsCommand({ Bucket: 'log', Prefix: 'kept' }),
    );
    expect(Versions?.map((version) => version.VersionId)).toEqual([VersionId]);
    expect(DeleteMarkers).toHaveLength(1);
    const { Body } = await s3().send(new GetObjectCommand(removal));
    expect(await Body?.transformToString()).toBe('locked');
    await s3().send(new DeleteObjectCommand({ ...removal, BypassGovernanceRetention: true }));
    await expect(s3().send(new GetObjectCommand(removal))).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('never removes a version in compliance mode before its time', async () => {
    const { VersionId } = await put('compliance', 'kept', { ...locked, ObjectLockMode: 'COMPLIANCE' });
    const removal = { Bucket: 'log', Key: 'compliance', VersionId, BypassGovernanceRetention: true };
    await expect(s3().send(new DeleteObjectCommand(removal))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('requires the permissions to lock and to bypass a lock', async () => {
    await put('role', 'unlocked', {}, sealer());
    await expect(put('role', 'locked', locked, sealer())).rejects.toThrow('s3:PutObjectRetention');
    const { VersionId } = await put('role', 'locked', locked);
    const removal = { Bucket: 'log', Key: 'role', VersionId, BypassGovernanceRetention: true };
    await expect(s3(sealer()).send(new DeleteObjectCommand(removal))).rejects.toThrow(
      's3:BypassGovernanceRetention',
    );
  });

  it('lists keys in pages, in the order of their bytes', async () => {
    for (const key of ['p/b', 'p/a', 'p/é', 'p/Z', 'q']) await put(key, key);
    const list = { Bucket: 'log', Prefix: 'p/', MaxKeys: 2 };
    const first = await s3().send(new ListObjectsV2Command(list));
    expect(first.Contents?.map(({ Key }) => Key)).toEqual(['p/Z', 'p/a']);
    const second = await s3().send(
      new ListObjectsV2Command({ ...list, ContinuationToken: first.NextContinuationToken }),
    );
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['p/b', 'p/é']);
    const after = await s3().send(new ListObjectsV2Command({ ...list, StartAfter: 'p/b' }));
    expect(after.Contents?.map(({ Key }) => Key)).toEqual(['p/é']);
  });
});

describe('a rule on a schedule', () => {
  const log = () => {
    const folder = join(dataDir, 'logs');
    return readdirSync(folder)
      .filter((name) => name.includes('Function'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
  };

  it('invokes its function', async () => {
    await expect.poll(log, { timeout: 10_000 }).toContain('"detail-type":"Scheduled Event"');
  });

  it('fails without a supported rate or target', async () => {
    const template = logTemplate();
    template.Resources.Schedule.Properties.ScheduleExpression = 'cron(0 12 * * ? *)';
    const other = mkdtempSync(join(tmpdir(), 'request-logs-log-'));
    await expect(startLocalStack({ template, assetsDir, dataDir: other })).rejects.toThrow(
      'rule Schedule has the schedule cron(0 12 * * ? *); the local stack supports rate(…) only',
    );
    rmSync(other, { recursive: true, force: true });
  });
});
