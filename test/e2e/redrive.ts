// Redrive records each event exactly once, whatever fails on the way, and an EventBridge replay changes nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { ServiceEvent } from '../../emitter/event-types.ts';
import { seal } from '../../emitter/seal.ts';
import { runRedrive } from '../ops/redrive/run-redrive.ts';
import { makeEvent, readSample, sampleSecrets } from '../support/fixtures.ts';
import { type Fault, type FaultyStack, startFaultyStack } from './faulty-stack.ts';
import { Harness, type Template } from './harness.ts';

/** Makes a failing message a dead letter after seconds instead of half an hour. */
function shortenRetries({ Resources }: Template): void {
  for (const { Type, Properties } of Object.values(Resources)) {
    // Longer than the SDK's retries on a busy machine: a retry that is still running would record the dead letter's event.
    if (Type === 'AWS::SQS::Queue' && Properties.VisibilityTimeout) Properties.VisibilityTimeout = 12;
    if (Type === 'AWS::SQS::Queue' && Properties.RedrivePolicy) Properties.RedrivePolicy.maxReceiveCount = 2;
    if (Type === 'AWS::Lambda::Function') Properties.Timeout = Math.min(Properties.Timeout, 29);
  }
}

const redrive = (harness: Harness, args: string, environment: Record<string, string> = {}) =>
  runRedrive(args.split(' '), { PORT: String(harness.stack.port), ...environment });

async function sendToIngest(harness: Harness, ...events: readonly object[]): Promise<void> {
  const sqs = new SQSClient({
    endpoint: harness.stack.url,
    region: 'eu-west-1',
    credentials: harness.redriveCredentials(),
  });
  for (const event of events) {
    await sqs.send(
      new SendMessageCommand({ QueueUrl: harness.queueUrl('Ingest'), MessageBody: JSON.stringify(event) }),
    );
  }
  await harness.drain();
}

export function describeRedrive(): void {
  describe('redrive of dead letters', () => {
    const fault: { current: Fault } = { current: () => false };
    let faulty: FaultyStack;
    let harness: Harness;

    beforeAll(async () => {
      faulty = await startFaultyStack(fault, shortenRetries);
      harness = faulty.harness;
    });
    afterAll(() => faulty.stop());

    it('records events once after the store was down, and nothing in a dry run', async () => {
      fault.current = (operation) => operation === 'PutItem';
      await harness.emit([makeEvent({ eventId: 'dead-1' }), makeEvent({ eventId: 'dead-2' })]);
      fault.current = () => false;
      const dead = harness.messages('DeadLetters');
      expect(dead).toHaveLength(2);
      const dry = await redrive(harness, '--queue dead-letter --dry-run');
      expect(dry).toMatchObject({ exitCode: 0, stderr: '2 examined, 2 would be requeued.\n' });
      expect(dry.stdout).toMatch(/^NOT_RECORDED +2 /m);
      expect(harness.messages('DeadLetters').sort()).toEqual(dead.sort());
      expect(await harness.ids('')).toEqual([]);
      // The SQS emulator rounds a visibility timeout of 0 up to one second.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const { exitCode, stderr } = await redrive(harness, '--queue dead-letter');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '2 examined, 2 requeued.\n' });
      await harness.drain();
      expect(harness.messages('DeadLetters')).toEqual([]);
      expect(await harness.ids('')).toHaveLength(2);
    }, 180_000);

    it('records one entry when a message is requeued twice', async () => {
      // The state after a run that was killed between sending and deleting.
      const event = makeEvent({ eventId: 'twice' });
      await sendToIngest(harness, event, event);
      expect(await harness.ids('')).toHaveLength(3);
      expect(harness.messages('Rejected')).toEqual([]);
    });

    it('leaves events that would be rejected again', async () => {
      const secret = sampleSecrets()[0] ?? '';
      const sqs = new SQSClient({
        endpoint: harness.stack.url,
        region: 'eu-west-1',
        credentials: harness.redriveCredentials(),
      });
      const body = `{"password":"${secret}"`;
      await sqs.send(new SendMessageCommand({ QueueUrl: harness.queueUrl('Ingest'), MessageBody: body }));
      await harness.drain();
      const { exitCode, stdout, stderr } = await redrive(harness, '--queue dead-letter');
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^NOT_JSON +1 /m);
      expect(stdout + stderr).not.toContain(secret);
      expect(harness.messages('DeadLetters')).toEqual([body]);
    });

    it('discards a dead letter and its notice in the rejected queue', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      for (const [queue, id] of [
        ['dead-letter', 'DeadLetters'],
        ['rejected', 'Rejected'],
      ] as const) {
        expect(await redrive(harness, `--queue ${queue} --discard --match NOT_JSON`)).toMatchObject({
          exitCode: 0,
          stderr: '1 examined, 1 discarded.\n',
        });
        expect(harness.messages(id)).toEqual([]);
      }
    });
  });

  describe('redrive of rejected events', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-redrive-'));
    afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

    it('records rejected events after the setting or the event is fixed', async () => {
      const before = await Harness.start({ dataDir });
      const fromOtherAccount = makeEvent({ account: '111122223333', eventId: 'allowed-later' });
      const broken = makeEvent({ eventId: 'to-be-edited', detail: { region: 'nowhere' } });
      await before.emit([fromOtherAccount, broken], '--raw');
      expect(before.rejections().map(({ reasons }) => reasons[0]?.code)).toEqual([
        'PRODUCER_NOT_ALLOWED',
        'INVALID_VALUE',
      ]);
      await before.stop({ keepData: true });

      const after = await Harness.start({ dataDir, alter: allowEveryProducer });
      const resent = await redrive(after, '--queue rejected --match PRODUCER_NOT_ALLOWED');
      expect(resent).toMatchObject({
        exitCode: 0,
        stderr: '2 examined, 1 requeued.\n1 left: no code matches --match.\n',
      });
      await after.drain();
      const [id] = await after.ids('');
      const { body } = await after.get(`/request-logs/${id}`);
      expect(body).toMatchObject({ eventId: 'allowed-later', producer: { account: '111122223333' } });

      const script = join(dataDir, 'editor.sh');
      writeFileSync(script, `sed -i 's/nowhere/eu-west-1/' "$1"\n`);
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const edited = await redrive(after, '--queue rejected --edit', { EDITOR: `sh ${script}` });
      expect(edited).toMatchObject({ exitCode: 0, stderr: '1 examined, 1 requeued.\n' });
      await after.drain();
      expect(after.messages('Rejected')).toEqual([]);
      const events = await Promise.all((await after.ids('')).map((one) => after.get(`/request-logs/${one}`)));
      expect(events.map((one) => one.body.eventId).sort()).toEqual(['allowed-later', 'to-be-edited']);

      // When the producer emits the requeued event again, it is a duplicate and not a conflict.
      await after.emit([fromOtherAccount]);
      expect(await after.ids('')).toHaveLength(2);
      expect(after.messages('Rejected')).toEqual([]);
      await after.stop({ keepData: true });
    }, 180_000);
  });

  describe('replay', () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await Harness.start();
    });
    afterAll(() => harness.stop());

    /** An event as EventBridge replays it from the archive: the sealed detail in an envelope with `replay-name`. */
    function replay(envelope: ReturnType<typeof readSample>, id: string) {
      const { source, 'detail-type': detailType, detail } = envelope;
      const sealed = seal({ source, detailType, detail } as unknown as ServiceEvent);
      return { ...envelope, detail: sealed.detail, id, 'replay-name': 'november' };
    }

    it('leaves recorded entries unchanged, and records missing events as late', async () => {
      const [recorded, missing] = [readSample('05'), readSample('07')];
      await harness.emit([recorded]);
      const [id] = await harness.ids('');
      const before = await harness.items();
      const entry = await harness.get(`/request-logs/${id}`);
      await sendToIngest(harness, replay(recorded, 'replayed-1'), replay(recorded, recorded.id));
      expect(await harness.items()).toEqual(before);
      expect((await harness.get(`/request-logs/${id}`)).body).toEqual(entry.body);

      await sendToIngest(harness, replay(missing, 'replayed-2'));
      const other = (await harness.ids('')).find((one) => one !== id);
      const { body } = await harness.get(`/request-logs/${other}`);
      expect(body).toMatchObject({ eventId: missing.detail.eventId, late: true });
      expect(harness.messages('Rejected')).toEqual([]);
    }, 120_000);
  });
}

/** Changes the setting `producers`, as a deployment would. */
function allowEveryProducer({ Resources }: Template): void {
  for (const { Type, Properties } of Object.values(Resources)) {
    const variables = Properties?.Environment?.Variables;
    if (Type !== 'AWS::Lambda::Function' || variables?.[environmentNames.producers] === undefined) continue;
    variables[environmentNames.producers] = JSON.stringify(
      ['210987654321', '111122223333'].map((account) => ({ account, organizations: '*' })),
    );
  }
}
