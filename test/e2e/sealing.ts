// Tests the sealed log of the running stack: what is recorded is sealed, and can be checked from the objects alone.
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logEntrySchema } from '../../core/entry/entry-schemas.ts';
import { openCheckpoint, originOf } from '../../core/log/checkpoint.ts';
import { readLeaf, toLeaf } from '../../core/log/leaf.ts';
import { checkpointKey, logPrefix } from '../../core/log/object-keys.ts';
import { proofSchema } from '../../core/log/proof.ts';
import { readVerifierKey } from '../../core/log/signed-note.ts';
import { decodeBundle } from '../../core/log/tiles.ts';
import { verifyProof } from '../../core/log/verify-proof.ts';
import { keyKind } from '../../local/cloudformation/kinds/kms.ts';
import { describeItem } from '../../store/describe-item.ts';
import { toItemImage } from '../../store/item-image.ts';
import { rootOfLeaves } from '../core/log/brute-force-tree.ts';
import { clientFor } from '../support/dynamodb.ts';
import { goodSampleNames, readSample, sampleFile } from '../support/fixtures.ts';
import { Harness, type HarnessOptions } from './harness.ts';

const root = { accessKeyId: '210987654321', secretAccessKey: 'local' };
const organizations = [...new Set(goodSampleNames.map((name) => readSample(name).detail.organizationId))];

/** The local stack runs the sealer every five seconds. */
const sealedWithinMillis = 10_000;

export function describeSealing(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: sealing`, () => {
    let harness: Harness;
    let s3: S3Client;
    let bucket: string;
    let publicKey: Uint8Array;

    beforeAll(async () => {
      harness = await Harness.start({
        ...options,
        alter: (template) => {
          // Lets the test do what only an attacker could who has removed the policy.
          for (const { Type, Properties } of Object.values(template.Resources)) {
            if (Type === 'AWS::DynamoDB::Table') delete Properties.ResourcePolicy;
          }
        },
      });
      const client = { endpoint: harness.stack.url, region: 'eu-west-1', credentials: root };
      s3 = new S3Client({ ...client, forcePathStyle: true });
      bucket = harness.stack.status().buckets.find((found) => found.includes('sealedlog')) ?? '';
      const key = harness.stack.stack
        .resources(keyKind)
        .find(({ properties }) => properties.KeyUsage === 'SIGN_VERIFY');
      const { PublicKey = Buffer.alloc(0) } = await new KMSClient(client).send(
        new GetPublicKeyCommand({ KeyId: key?.ref }),
      );
      publicKey = PublicKey.slice(-32);
      await harness.emit(goodSampleNames.map(sampleFile));
    });
    afterAll(() => harness.stop());

    async function readObject(key: string): Promise<Buffer | undefined> {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return undefined;
        throw error;
      }
    }

    async function listKeys(prefix: string): Promise<string[]> {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    }

    /** Reads the log of an organization, and verifies its signature and root. */
    async function readLog(organizationId: string): Promise<Uint8Array[]> {
      const note = await readObject(checkpointKey(organizationId));
      if (note === undefined) return [];
      const identity = { stage: 'local', account: '210987654321', region: 'eu-west-1' };
      const noteKey = { name: originOf(identity, organizationId), publicKey };
      const checkpoint = await openCheckpoint(note.toString(), noteKey);
      if (checkpoint === undefined) throw new Error(`the checkpoint of ${organizationId} is not signed`);
      const bundle = await readObject(`${logPrefix(organizationId)}tile/entries/000.p/${checkpoint.size}`);
      const leaves = decodeBundle(bundle ?? Buffer.alloc(0)) ?? [];
      expect(leaves).toHaveLength(checkpoint.size);
      expect(Buffer.from(rootOfLeaves(leaves))).toEqual(Buffer.from(checkpoint.root));
      return leaves;
    }

    /** Reads a response that is text. */
    async function read(path: string, headers: Record<string, string> = {}) {
      const token = await harness.stack.token('admin');
      const response = await fetch(`${harness.stack.url}${path}`, {
        headers: { ...headers, authorization: `Bearer ${token}` },
      });
      return { status: response.status, body: await response.text() };
    }

    const readLogs = async () => (await Promise.all(organizations.map(readLog))).flat();
    const leafKinds = async () => (await readLogs()).map((leaf) => readLeaf(leaf)?.kind);

    it('seals every entry within ten seconds, and nothing else', async () => {
      const items = (await harness.items()).map(toItemImage);
      const expected = items.flatMap((item) => {
        const sealable = describeItem(item);
        return sealable === undefined ? [] : [Buffer.from(toLeaf(sealable)).toString('hex')];
      });
      expect(expected.length).toBeGreaterThan(8);
      await expect
        .poll(async () => (await readLogs()).length, { timeout: sealedWithinMillis })
        .toBe(expected.length);
      const sealed = (await readLogs()).map((leaf) => Buffer.from(leaf).toString('hex'));
      expect(sealed.sort()).toEqual(expected.sort());
    });

    it('proves every entry to its organization, and to no one whose accounts are limited', async () => {
      const [pages, { body: key }] = [await harness.walk(''), await read('/request-logs/log/key')];
      const noteKey = readVerifierKey(key.trim());
      if (noteKey === undefined) throw new Error('the API returned no verifier key');
      expect(noteKey.publicKey).toEqual(publicKey);
      const items = pages.flatMap((page) => page.items);
      expect(items.length).toBeGreaterThan(3);
      for (const { id } of items) {
        const entry = logEntrySchema.parse((await harness.get(`/request-logs/${id}`)).body);
        const proof = proofSchema.parse((await harness.get(`/request-logs/${id}/proof`)).body);
        expect(await verifyProof(proof, entry, noteKey)).toMatchObject({ isValid: true });
      }
      const [id] = items.map((item) => item.id);
      const { body: text } = await read(`/request-logs/${id}/proof`, { accept: 'text/plain' });
      expect(text).toMatch(/^c2sp.org\/tlog-proof@v1\nextra /);
      const checkpoint = await openCheckpoint((await read('/request-logs/log/checkpoint')).body, noteKey);
      const { body: page } = await harness.get('/request-logs/log/leaves?from=1');
      expect(page).toMatchObject({ from: 1, treeSize: checkpoint?.size });
      const sealed = (await readLog('acme')).map((leaf) => Buffer.from(leaf).toString('base64'));
      expect(page.leaves).toEqual(sealed.slice(1));
      for (const from of ['-1', 'x', '999999', '1&from=2']) {
        expect((await harness.get(`/request-logs/log/leaves?from=${from}`)).status, from).toBe(400);
      }
      const consistency = await harness.get('/request-logs/log/consistency?from=1');
      expect(consistency.body).toMatchObject({ from: 1, to: checkpoint?.size });
      for (const path of [
        `${id}/proof`,
        'log/checkpoint',
        'log/consistency?from=1',
        'log/leaves',
        'log/key',
      ]) {
        const { status } = await harness.get(`/request-logs/${path}`, { persona: 'account-operator' });
        expect(status, path).toBe(403);
      }
      const wrong = await harness.get('/request-logs/log/consistency?from=0');
      expect([wrong.status, wrong.body.field]).toEqual([400, 'from']);
    });

    it('lists and exports entries in the order of the log, to no one whose accounts are limited', async () => {
      const { body: page } = await harness.get('/request-logs?order=recorded');
      const entries = (await harness.walk('')).flatMap(({ items }) => items);
      const indexes = page.items.map(({ sealed }: { sealed: { index: number } }) => sealed.index);
      expect(indexes).toEqual([...new Set(indexes)].sort((a, b) => Number(a) - Number(b)));
      expect(page.items.map(({ id }: { id: string }) => id).sort()).toEqual(
        entries.map(({ id }) => id).sort(),
      );
      expect(page).toMatchObject({ complete: true, nextCursor: null });
      for (const { id, sealed } of page.items) {
        expect((await harness.get(`/request-logs/${id}`)).body.sealed, id).toEqual(sealed);
      }
      const later = await harness.get(`/request-logs?order=recorded&cursor=${page.resumeCursor}`);
      expect(later.body).toMatchObject({ items: [], complete: true, resumeCursor: page.resumeCursor });
      const { body: lines } = await read('/request-logs/export?order=recorded&format=ndjson&columns=full');
      const rows = lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(rows.map(({ id }) => id)).toEqual(page.items.map(({ id }: { id: string }) => id));
      expect(rows.every(({ commitment }) => commitment.nonce.length === 24)).toBe(true);
      const limited = { persona: 'account-operator' };
      expect((await harness.get('/request-logs?order=recorded', limited)).status).toBe(403);
      const [own] = (await harness.get('/request-logs', limited)).body.items;
      const { body: entry } = await harness.get(`/request-logs/${own.id}`, limited);
      expect(entry).not.toHaveProperty('sealed');
    });

    it('lets no one replace or remove an object of the log, not even the root user', async () => {
      const keys = await listKeys('logs/');
      expect(keys.length).toBeGreaterThan(5);
      const [record = ''] = keys.filter((key) => key.includes('/batches/'));
      const { Versions = [] } = await s3.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: record }),
      );
      const denied = { name: 'AccessDenied' };
      for (const call of [
        new PutObjectCommand({ Bucket: bucket, Key: record, Body: Buffer.from('x') }),
        new DeleteObjectCommand({ Bucket: bucket, Key: record }),
        new DeleteObjectCommand({ Bucket: bucket, Key: record, VersionId: Versions[0]?.VersionId }),
      ] as const) {
        await expect(s3.send(call as DeleteObjectCommand)).rejects.toMatchObject(denied);
      }
      const head = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: record }));
      expect(head.ObjectLockMode).toBe('GOVERNANCE');
    });

    it('seals evidence when an entry is removed', async () => {
      const table = harness.stack.status().tables.find((found) => found.includes('Entries')) ?? '';
      const [item] = (await harness.items()).filter((found) => toItemImage(found).d !== undefined);
      const Key = { pk: (item as { pk: { S: string } }).pk };
      await clientFor(harness.stack.url).send(new DeleteItemCommand({ TableName: table, Key }));
      await expect.poll(leafKinds, { timeout: sealedWithinMillis }).toContain('removal');
      await expect
        .poll(() => harness.logs(), { timeout: sealedWithinMillis })
        .toContain('the entries table was tampered with');
    });
  });
}
