// Tests the path from an emitted event to a stored entry, and what is never stored.
import { DeleteItemCommand, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { unpackDetail } from '../../store/detail-codec.ts';
import {
  goodSampleNames,
  makeEvent,
  readSample,
  sampleFile,
  sampleNames,
  sampleSecrets,
} from '../support/fixtures.ts';
import { Harness, type HarnessOptions } from './harness.ts';

const good = goodSampleNames.map(sampleFile);
const credentials = { accessKeyId: '210987654321', secretAccessKey: 'local' };

/** Number of distinct entries: event 12 is a resend of event 05. */
const acmeEntries = 10;
const globexEntries = 1;

export function describeRecording(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: recording`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await Harness.start(options);
    });
    afterAll(() => harness.stop());

    it('records every sample event once', async () => {
      const { code, output } = await harness.emit(good);
      expect(code).toBe(0);
      expect(output.match(/^published /gm)).toHaveLength(good.length);
      expect(await harness.ids('')).toHaveLength(acmeEntries);
      expect(await harness.ids('', 'globex-admin')).toHaveLength(globexEntries);
    });

    it('records each event once when all are sent ten more times, raw and sealed, in any order', async () => {
      const shuffled = Array.from({ length: 10 }, () => good)
        .flat()
        .map((file, number) => ({ file, rank: (number * 7919) % 120 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ file }) => file);
      await harness.emit(shuffled.slice(0, 60), '--raw');
      await harness.emit(shuffled.slice(60));
      expect(await harness.ids('')).toHaveLength(acmeEntries);
      expect(await harness.ids('', 'globex-admin')).toHaveLength(globexEntries);
      expect(harness.rejections()).toEqual([]);
    });

    it.each(goodSampleNames)('finds %s through every filter', async (sample) => {
      const { detail } = readSample(sample);
      const persona = detail.organizationId === 'acme' ? 'admin' : 'globex-admin';
      const action = sample.includes('created') ? 'CREATE' : sample.includes('delete') ? 'DELETE' : 'UPDATE';
      const time = new Date(detail.occurredAt).toISOString();
      const service =
        detail.target.serviceName ?? (detail.target.kind === 'SERVICE' ? detail.target.name : undefined);
      const filters = [
        `from=${time}&to=${time}`,
        `from=${time.slice(0, 10)}&to=${time.slice(0, 10)}`,
        `action=${action}`,
        `user=${detail.actor.userId}`,
        `account=${detail.accountId}&region=${detail.region}`,
        `account=${detail.accountId}`,
        `region=${detail.region}`,
        `resource=${detail.target.name}`,
        ...(service === undefined ? [] : [`service=${service}`]),
        `target=${detail.target.id}`,
        `kind=${detail.target.kind}&type=${detail.target.type}`,
        `environment=${detail.environment}`,
      ];
      const all = `${filters[0]}&${filters.slice(2).join('&')}`;
      const [id] = await harness.ids(`from=${time}&to=${time}`, persona);
      expect(id).toBeDefined();
      for (const filter of [...filters, all]) {
        expect(await harness.ids(filter, persona), filter).toContain(id);
      }
    });

    it('returns a complete entry with its changes', async () => {
      const [id] = await harness.ids('user=u-2077&resource=orders-d&action=UPDATE');
      const { status, body } = await harness.get(`/request-logs/${id}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        id,
        timestamp: '2026-11-09T13:27:18.005Z',
        organizationId: 'acme',
        user: {
          id: 'u-2077',
          name: 'Ben Okafor',
          email: 'ben.okafor@acme.example',
          type: 'user',
          sourceIp: '198.51.100.7',
        },
        role: 'Developer',
        permission: 'resource:update',
        decision: 'ALLOWED',
        verdict: 'PERMITTED',
        action: 'UPDATE',
        target: {
          kind: 'RESOURCE',
          type: 'rds',
          id: 'res-2b71',
          name: 'orders-d',
          serviceName: 'checkout-api',
        },
        changeCount: 4,
        before: { instanceClass: 'db.t4g.micro', masterUserPassword: '[REDACTED:1]' },
        after: { instanceClass: 'db.t4g.medium', masterUserPassword: '[REDACTED:1]' },
        eventId: 'res-20261109-0011',
        source: 'mayaops.resources',
        producer: { account: '210987654321' },
        reason: 'p95 latency on orders',
        requestId: 'req-c2b955',
      });
      expect(body.contentHash).toMatch(/^[0-9a-f]{64}$/);
      expect(body.changes).toContainEqual({ path: '/multiAz', op: 'replace', before: false, after: true });
      expect(body.changedPaths).toContain('/instanceClass');
    });

    it('returns the verdicts of a denied attempt and of a violation', async () => {
      expect(await harness.ids('verdict=DENIED')).toEqual(await harness.ids('user=u-2077&action=DELETE'));
      expect(await harness.ids('verdict=VIOLATION')).toEqual(await harness.ids('user=u-3300'));
    });

    it('rejects invalid samples with their reasons, in the emitter as well', async () => {
      const bad = sampleNames.filter((sample) => sample.startsWith('bad-'));
      const broken = bad.filter((sample) => !sample.includes('conflicting')).map(sampleFile);
      const refused = await harness.emit(broken);
      expect(refused.code).toBe(1);
      expect(refused.output).toMatch(/failed .*\/detail\/region/);
      expect(harness.rejections()).toEqual([]);
      const [contested] = await harness.ids('user=u-2077&resource=orders-d&action=UPDATE');
      const before = await harness.get(`/request-logs/${contested}`);
      expect(await harness.ids('disputed=true')).toEqual([]);
      await harness.emit(bad.map(sampleFile), '--raw');
      const codes = harness.rejections().map(({ reasons }) => reasons[0]?.code);
      expect(codes.sort()).toEqual(['CONFLICT', 'INVALID_VALUE', 'MISSING_STATE']);
      expect(await harness.ids('')).toHaveLength(acmeEntries);
      const { disputes, ...entry } = (await harness.get(`/request-logs/${contested}`)).body;
      expect(entry).toEqual(before.body);
      expect(disputes).toMatchObject([{ producer: { account: '210987654321' } }]);
      expect(disputes[0].differences.length).toBeGreaterThan(0);
      expect(await harness.ids('disputed=true')).toEqual([contested]);
      expect(await harness.ids('disputed=true&user=u-2077&verdict=PERMITTED')).toEqual([contested]);
      expect(await harness.ids('disputed=true&verdict=DENIED')).toEqual([]);
      expect(await harness.ids('disputed=true', 'globex-admin')).toEqual([]);
    });

    it('sends an event with an unknown type or source to the rejected queue', async () => {
      const typed = { ...makeEvent({ eventId: 'mistyped' }), 'detail-type': 'Resource Changed' };
      const sourced = { ...makeEvent({ eventId: 'missourced' }), source: 'mayaops.resource' };
      await harness.emit([typed, sourced], '--raw');
      const rejections = harness
        .rejections()
        .filter(({ reasons }) => ['/detail-type', '/source'].includes(reasons[0]?.path ?? ''));
      expect(rejections.map(({ reasons }) => reasons[0]?.code)).toEqual(['INVALID_VALUE', 'INVALID_VALUE']);
      expect(await harness.ids('')).toHaveLength(acmeEntries);
    });

    it('rejects events of an account for an organization that it is not allowed to write', async () => {
      const [allowed, notAllowed] = ['globex', 'acme'].map((organizationId) =>
        makeEvent({ account: '111122223333', organizationId, eventId: `producer-${organizationId}` }),
      );
      const { code } = await harness.emit([allowed ?? {}, notAllowed ?? {}]);
      expect(code).toBe(0);
      expect(await harness.ids('', 'globex-admin')).toHaveLength(globexEntries + 1);
      expect(await harness.ids('')).toHaveLength(acmeEntries);
      expect(
        harness.rejections().filter(({ reasons }) => reasons[0]?.code === 'PRODUCER_NOT_ALLOWED'),
      ).toMatchObject([{ event: { detail: { eventId: 'producer-acme' } } }]);
    });

    it('rejects an account that the bus policy does not allow', async () => {
      const { code, output } = await harness.emit([makeEvent({ account: '999999999999' })]);
      expect(code).toBe(1);
      expect(output).toMatch(/failed .*AccessDenied/);
    });

    it.each(['Ingest', 'Undelivered', 'Rejected'])(
      'denies even root to send to the queue %s',
      async (name) => {
        const sqs = new SQSClient({ endpoint: harness.stack.url, region: 'eu-west-1', credentials });
        const QueueUrl = harness.queueUrl(name);
        const forged = makeEvent({ eventId: 'forged', account: '111122223333' });
        await expect(
          sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(forged) })),
        ).rejects.toThrow(/explicit deny in a resource-based policy/);
      },
    );

    it('sends a body that is not JSON to the dead-letter queue and records the rest of its batch', async () => {
      const sqs = new SQSClient({
        endpoint: harness.stack.url,
        region: 'eu-west-1',
        credentials: harness.redriveCredentials(),
      });
      const QueueUrl = harness.queueUrl('Ingest');
      const secret = sampleSecrets()[0] ?? '';
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `{"password":"${secret}"` }));
      const event = makeEvent({ eventId: 'beside-garbage' });
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
      await harness.drain();
      expect(await harness.ids('')).toHaveLength(acmeEntries + 1);
      expect(harness.messages('DeadLetters').filter((body) => body.includes(secret))).toHaveLength(1);
      const notJson = harness.rejections().find(({ reasons }) => reasons[0]?.code === 'NOT_JSON');
      expect(notJson).toMatchObject({ body: { bytes: expect.any(Number), sha256: expect.any(String) } });
    });

    it('leaves no sample secret in the table, the rejected queue, logs, or responses', async () => {
      const items = await harness.items();
      const detail = (item: Record<string, unknown>) =>
        (item[entryAttributes.detail] as { B?: Uint8Array })?.B;
      const responses = [];
      for (const persona of ['admin', 'globex-admin']) {
        for (const id of await harness.ids('', persona)) {
          responses.push((await harness.get(`/request-logs/${id}`, { persona })).body);
        }
      }
      const kept = {
        items: JSON.stringify(items) + items.map((item) => unpackDetail(detail(item) ?? nothing)).join('\n'),
        rejected: harness.messages('Rejected').join('\n'),
        logs: harness.logs(),
        responses: JSON.stringify(responses),
      };
      expect(responses.length).toBeGreaterThan(acmeEntries);
      for (const [place, text] of Object.entries(kept)) {
        expect(text.length, place).toBeGreaterThan(1000);
        expect(
          sampleSecrets().filter((secret) => text.includes(secret)),
          place,
        ).toEqual([]);
        expect(
          sampleSecrets().filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1))),
          place,
        ).toEqual([]);
      }
    });

    it("rejects changes and deletions of entries, even by the account's root user", async () => {
      const client = new DynamoDBClient({ endpoint: harness.stack.url, region: 'eu-west-1', credentials });
      const tables = harness.stack.status().tables.filter((name) => /Entries|Directory/.test(name));
      expect(tables).toHaveLength(2);
      for (const TableName of tables) {
        const Key = { pk: { S: 'acme#x' }, sk: { S: 'x' } };
        await expect(client.send(new DeleteItemCommand({ TableName, Key }))).rejects.toThrow(
          /AccessDenied|not authorized/,
        );
        await expect(client.send(new UpdateItemCommand({ TableName, Key }))).rejects.toThrow(
          /AccessDenied|not authorized/,
        );
      }
    });
  });
}

/** The default detail of items without one, such as those of the directory. */
const nothing = Buffer.from([1, 3, 0]);
