// Tests events of EventBridge's maximum size, whose states do not fit into an item even after compression.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { unpackDetail } from '../../store/detail-codec.ts';
import { makeEvent, sampleSecrets } from '../support/fixtures.ts';
import { incompressibleStates } from '../support/large-entries.ts';
import { Harness, type HarnessOptions, type Template } from './harness.ts';

/**
 * Maximum size of a PutEvents entry: 1 MB (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html).
 */
const megabyte = 1_000_000;

function makeLargeEvent(eventId: string, more: object = {}): Record<string, unknown> {
  const { before, after } = incompressibleStates(1_025_000);
  return makeEvent({ eventId, detail: { before, after: { ...after, ...more } } });
}

/** The overflow bucket, with the credentials of the account's root user. */
function openBucket({ stack }: Harness) {
  const Bucket = stack.status().buckets.find((name) => name.includes('overflow')) ?? '';
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${stack.port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
  });
  return {
    client,
    Bucket,
    keys: async () =>
      ((await client.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key = '' }) => Key),
    read: async (Key: string) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToByteArray()) ?? Buffer.alloc(0);
    },
  };
}

/** Removes an action from the statements about the overflow bucket's objects or its key. */
function withoutOverflow(action: string) {
  return ({ Resources }: Template) => {
    let taken = 0;
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type !== 'AWS::IAM::Policy') continue;
      for (const statement of Properties.PolicyDocument.Statement) {
        const viaS3 = JSON.stringify(statement.Condition ?? '').includes('"s3."');
        const onObjects = JSON.stringify(statement.Resource).includes('Overflow');
        if (!onObjects && !viaS3) continue;
        const actions: string[] = [statement.Action].flat();
        if (!actions.includes(action)) continue;
        statement.Action = actions.map((one) => (one === action ? 's3:ListTagsForResource' : one));
        taken++;
      }
    }
    if (taken === 0) throw new Error(`no policy allows ${action}`);
  };
}

export function describeLargeEntries(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: events of 1 MB that do not compress`, { timeout: 240_000 }, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await Harness.start(options);
    });
    afterAll(() => harness.stop());

    it('are recorded once, found through every filter, and shown completely', async () => {
      const event = makeLargeEvent('large-1');
      const detail = event.detail as Record<string, never>;
      expect(Buffer.byteLength(JSON.stringify(detail))).toBeGreaterThan(megabyte);
      const { code, output } = await harness.emit([event]);
      expect([code, output]).toEqual([0, expect.stringContaining('published')]);
      const [id, ...others] = await harness.ids('');
      expect(others).toEqual([]);
      const { actor, accountId, region, target, environment } = detail as Record<
        string,
        Record<string, string>
      >;
      for (const filter of [
        'from=2026-11-01&to=2026-11-30',
        `user=${actor?.userId}`,
        'action=UPDATE',
        `account=${accountId}&region=${region}`,
        `resource=${target?.name}`,
        `environment=${environment}`,
      ]) {
        expect(await harness.ids(filter), filter).toEqual([id]);
      }
      const { status, body } = await harness.get(`/request-logs/${id}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ eventId: 'large-1', before: detail.before, after: detail.after });
      expect(body.changes.length).toBeGreaterThan(0);
      expect(harness.messages('DeadLetters')).toEqual([]);
    });

    it('remain one entry and one object when they are resent, and a conflict adds one object, for its dispute', async () => {
      const event = makeLargeEvent('large-2');
      await harness.emit([event]);
      const keys = await openBucket(harness).keys();
      await harness.emit([{ ...event, id: 'again' }], '--raw');
      expect(await openBucket(harness).keys()).toEqual(keys);
      const conflicting = makeLargeEvent('large-2');
      await harness.emit([conflicting]);
      await harness.emit([{ ...conflicting, id: 'again' }], '--raw');
      expect(await openBucket(harness).keys()).toHaveLength(keys.length + 1);
      const [id] = await harness.ids('disputed=true');
      const { disputes } = (await harness.get(`/request-logs/${id}`)).body;
      expect(disputes).toMatchObject([{ differences: expect.any(Array) }]);
      expect(await harness.ids('')).toHaveLength(2);
      expect(harness.rejections().map(({ reasons }) => reasons[0]?.code)).toEqual(['CONFLICT', 'CONFLICT']);
    });

    it('leave no secret in the bucket, with or without the emitter', async () => {
      const secrets = sampleSecrets();
      await harness.emit([makeLargeEvent('large-3', { environmentVariables: { A: secrets } })], '--raw');
      const bucket = openBucket(harness);
      const keys = await bucket.keys();
      expect(keys).toHaveLength(4);
      for (const key of keys) {
        const text = unpackDetail(await bucket.read(key));
        expect(secrets.filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
      }
    });

    it("cannot be deleted or replaced by the account's root user, or written without the key", async () => {
      const { client, Bucket, keys } = openBucket(harness);
      const [Key] = await keys();
      const put = { Bucket, Body: 'other' };
      for (const command of [
        new DeleteObjectCommand({ Bucket, Key }),
        new PutObjectCommand({ ...put, Key }),
        new PutObjectCommand({ ...put, Key: 'new' }),
        new PutObjectCommand({ ...put, Key: 'new', IfNoneMatch: '*', ServerSideEncryption: 'AES256' }),
      ]) {
        await expect(client.send(command as PutObjectCommand)).rejects.toThrow(/not authorized/);
      }
      await expect(client.send(new PutObjectCommand({ ...put, Key, IfNoneMatch: '*' }))).rejects.toThrow(
        /pre-conditions/,
      );
    });
  });

  describe(`${name}: permissions for the overflow bucket`, { timeout: 240_000 }, () => {
    let harness: Harness;
    afterEach(() => harness.stop());

    const record = async (event: object) => {
      const Records = [{ messageId: 'm-1', receiptHandle: 'r', body: JSON.stringify(event), attributes: {} }];
      const queue = { eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:eu-west-1:210987654321:q' };
      const event_ = { Records: Records.map((one) => ({ ...one, ...queue, awsRegion: 'eu-west-1' })) };
      return JSON.stringify(await harness.stack.invoke(harness.functionName('record'), event_));
    };

    it.each(['s3:PutObject', 'kms:GenerateDataKey'])('fails to record them without %s', async (action) => {
      harness = await Harness.start({ ...options, alter: withoutOverflow(action) });
      expect(await record(makeLargeEvent('refused'))).toContain('m-1');
      expect(harness.logs()).toContain('AccessDenied');
      expect(await harness.ids('')).toEqual([]);
      expect(await record(makeEvent({ eventId: 'small' }))).not.toContain('m-1');
    });

    it.each(['s3:GetObject', 'kms:Decrypt'])(
      'fails to show them without %s, and reports it',
      async (action) => {
        harness = await Harness.start({ ...options, alter: withoutOverflow(action) });
        await record(makeLargeEvent('unreadable'));
        const [id] = await harness.ids('');
        const { status, body } = await harness.get(`/request-logs/${id}`);
        expect(status).toBe(500);
        expect(body).toMatchObject({ code: 'STATES_UNREADABLE' });
        expect(JSON.stringify(body)).not.toMatch(/AccessDenied|s3:|kms/);
        expect(harness.logs()).toMatch(/STATES_UNREADABLE.*AccessDenied/);
        expect(harness.logs()).toMatch(/"service":"get-entry","StatesUnreadable":1/);
      },
    );
  });
}
