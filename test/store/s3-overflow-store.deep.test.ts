import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { S3OverflowStore } from '../../store/s3-overflow-store.ts';
import { makeDynamoDbStores } from '../support/dynamodb.ts';
import { describeOverflowContract } from './overflow-contract.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-overflow-'));
const assetsDir = mkdtempSync(join(tmpdir(), 'request-logs-assets-'));
let stack: LocalStack;

beforeAll(async () => {
  const template = {
    Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'overflow' } } },
  };
  stack = await startLocalStack({ template, assetsDir, dataDir });
});
afterAll(async () => {
  await stack.stop();
  for (const folder of [dataDir, assetsDir]) rmSync(folder, { recursive: true, force: true });
});

const connect = (endpoint: string) =>
  new S3OverflowStore({
    client: new S3Client({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
      maxAttempts: 1,
    }),
    bucketName: 'overflow',
  });

/** Addressed by IP address, as in functions: path-style. */
const store = () => connect(`http://127.0.0.1:${stack.port}`);

describeOverflowContract('DynamoDB on dynalite, S3 on fauxqs', async () => ({
  overflow: store(),
  makeEntries: async (overflow) => (await makeDynamoDbStores(stack.url, overflow)).entries,
}));

describe('S3OverflowStore', () => {
  it('stores bytes unchanged and reports an existing object', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256);
    expect(await store().put('acme/x/1', bytes)).toBe('written');
    expect(await store().put('acme/x/1', Buffer.from('others'))).toBe('exists');
    expect(Buffer.from((await store().get('acme/x/1')) ?? [])).toEqual(Buffer.from(bytes));
  });

  it('lets exactly one of several concurrent puts write', async () => {
    const puts = Array.from({ length: 6 }, (_, index) => store().put('acme/x/race', Buffer.of(index)));
    expect((await Promise.all(puts)).filter((outcome) => outcome === 'written')).toHaveLength(1);
  });

  it('returns undefined for a missing object', async () => {
    expect(await store().get('acme/x/none')).toBeUndefined();
  });

  it('fails with STORE_UNAVAILABLE when S3 is unreachable', async () => {
    const unreachable = connect('http://127.0.0.1:1');
    const failure = { code: 'STORE_UNAVAILABLE' };
    await expect(unreachable.put('a', Buffer.of(1))).rejects.toMatchObject(failure);
    await expect(unreachable.get('a')).rejects.toMatchObject(failure);
  });
});
