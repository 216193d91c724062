import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../../core/recording/recorder.ts';
import { describeRejection } from '../../../core/recording/rejection.ts';
import { type Issue, issueCodes } from '../../../core/values/issue.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { makeEvent, policy, readSample, sampleSecrets } from '../../support/fixtures.ts';
import { recordOne } from '../../support/record.ts';
import { type FakeSqs, startFakeSqs } from '../fake-sqs.ts';
import { runRedrive, startRedrive } from './run-redrive.ts';

let sqs: FakeSqs;

beforeEach(async () => {
  sqs = await startFakeSqs();
});
afterEach(() => sqs[Symbol.asyncDispose]());

const run = (args: string) => runRedrive(args.split(' '), { PORT: String(sqs.port) });

const ids = (queue: string) => sqs.messages(queue).map(({ id }) => id);

const rejectedAt = '2026-11-20T12:00:00.000Z';

function reject(event: unknown, ...codes: Issue['code'][]): void {
  const reasons = codes.map((code) => ({ path: '/detail', code, message: 'must be something else' }));
  sqs.put('Rejected', describeRejection(event, reasons, Date.parse(rejectedAt)) ?? '');
}

/** A recorder that sends rejected events and dead letters to the fake queues. */
function makeRecorder(): Recorder {
  const queue = (name: string) => ({
    send: async (body: string, attributes: Readonly<Record<string, string>>) =>
      sqs.put(name, body, { attributes }),
  });
  const [rejected, deadLetters] = [queue('Rejected'), queue('DeadLetters')];
  const ports = { entries: new MemoryEntryStore(), directory: new MemoryDirectory(), rejected, deadLetters };
  return new Recorder(ports, policy, () => Date.parse(rejectedAt));
}

describe('redrive --discard of rejected events', () => {
  it('deletes messages with the code, prints a row for each, and leaves the others', async () => {
    const recorder = makeRecorder();
    const recorded = await recordOne(recorder, JSON.stringify(makeEvent({ eventId: 'twice' })));
    const entryId = recorded.status === 'recorded' ? recorded.entry.id : '';
    await recordOne(
      recorder,
      JSON.stringify(makeEvent({ eventId: 'twice', detail: { region: 'eu-west-3' } })),
    );
    reject(makeEvent({ eventId: 'fixable' }), 'INVALID_VALUE');
    const [conflict, other] = ids('Rejected');
    const { exitCode, stdout, stderr } = await run('--queue rejected --discard --match CONFLICT');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: '2 examined, 1 discarded.\n1 left: no code matches --match.\n',
    });
    const [titles, row, ...table] = stdout.split('\n');
    expect(titles).toMatch(/^ACTION +MESSAGE +REJECTED +CODE +ENTRY +EVENT$/);
    expect(row?.split(/ {2,}/)).toEqual(['discarded', conflict, rejectedAt, 'CONFLICT', entryId, 'twice']);
    expect(table[0]).toBe('');
    expect(table[1]).toMatch(/^CODE +MESSAGES +DISCARDED +OLDEST +FIELD$/);
    expect(ids('Rejected')).toEqual([other]);
    expect(sqs.visible('Rejected')).toHaveLength(1);
    expect(sqs.messages('Ingest')).toEqual([]);
  });

  it('deletes the notice of a body in the dead-letter queue', async () => {
    await recordOne(makeRecorder(), '{"broken');
    const [notice] = ids('Rejected');
    const { stdout, stderr } = await run('--queue rejected --discard --match NOT_JSON');
    expect(stdout).toMatch(new RegExp(`^discarded +${notice} +${rejectedAt} +NOT_JSON$`, 'm'));
    expect(stderr).toBe('1 examined, 1 discarded.\n');
    expect([ids('Rejected').length, ids('DeadLetters').length]).toEqual([0, 1]);
  });

  it('shows each code of a message once, and the id of a compressed event', async () => {
    const after = { note: 'word '.repeat(209_400) };
    const event = makeEvent({ eventId: 'large', detailType: 'Resource Created', detail: { after } });
    reject(event, 'INVALID_VALUE', 'UNKNOWN_FIELD', 'UNKNOWN_FIELD');
    expect(sqs.messages('Rejected')[0]?.body).toContain('eventBrotli');
    const { stdout } = await run('--queue rejected --discard --match UNKNOWN_FIELD,CONFLICT');
    expect(stdout).toMatch(/ INVALID_VALUE,UNKNOWN_FIELD +large$/m);
  });

  it('deletes nothing in a dry run', async () => {
    reject(makeEvent({ eventId: 'e-1' }), 'CONFLICT');
    const [id] = ids('Rejected');
    const { exitCode, stdout, stderr } = await run('--queue rejected --discard --match CONFLICT --dry-run');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '1 examined, 1 would be discarded.\n' });
    expect(stdout).toMatch(new RegExp(`^dry run +${id} `, 'm'));
    expect(stdout).toMatch(/^CODE +MESSAGES +TO DISCARD /m);
    expect(sqs.visible('Rejected')).toHaveLength(1);
  });

  it('stops at --limit', async () => {
    for (let number = 0; number < 15; number++) reject(makeEvent(), 'CONFLICT');
    const { stderr } = await run('--queue rejected --discard --match CONFLICT --limit 12');
    expect(stderr).toContain('Stopped after 12 messages; the queue may contain more.');
    expect(sqs.visible('Rejected')).toHaveLength(3);
  });

  it('escapes control characters of a message and shows no text in place of an id', async () => {
    const hostile = '\u001b]0;owned\u0007\u202e\n';
    sqs.put('Rejected', {
      rejectedAt: hostile,
      reasons: [
        { path: hostile, code: issueCodes.conflict, message: `has the identity of entry ${hostile}` },
        { path: '', code: hostile, message: hostile },
      ],
      event: { detail: { eventId: `password ${hostile}` } },
    });
    const { exitCode, stdout, stderr } = await run('--queue rejected --discard --match CONFLICT');
    expect(exitCode).toBe(0);
    for (const shown of ['\u001b', '\u0007', '\u202e', 'password']) {
      expect(stdout + stderr).not.toContain(shown);
    }
    expect(stdout).toMatch(/^discarded +\S+ +\d{4}-[-\dT:.]+Z +CONFLICT,\S+owned\S+$/m);
  });

  it('leaves messages that the recorder did not write', async () => {
    sqs.put('Rejected', 'garbage');
    const { stderr } = await run('--queue rejected --discard --match NOT_JSON');
    expect(stderr).toBe('1 examined, 0 discarded.\n1 left: not written by the recorder: unknown format.\n');
    expect(sqs.visible('Rejected')).toHaveLength(1);
  });

  it('finds the queue of a deployed stage', async () => {
    await using prod = await startFakeSqs('prod');
    prod.put('DeadLetters', '{"broken', { attributes: { code: 'NOT_JSON' } });
    const environment = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${prod.port}`,
      ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    };
    const args = '--queue dead-letter --stage prod --discard --match NOT_JSON';
    expect(await runRedrive(args.split(' '), environment)).toMatchObject({
      exitCode: 0,
      stderr: '1 examined, 1 discarded.\n',
    });
    expect(prod.messages('DeadLetters')).toEqual([]);
  });
});

describe('redrive --discard of dead letters', () => {
  it('deletes messages with the code and shows none of their bodies', async () => {
    const names = ['04', '05', '06'];
    const sentMillis = Date.parse(rejectedAt);
    for (const name of names)
      sqs.put('DeadLetters', readSample(name), { attributes: { code: 'REJECTION_TOO_LARGE' }, sentMillis });
    const discarded = ids('DeadLetters');
    sqs.put('DeadLetters', makeEvent());
    sqs.put('DeadLetters', '{"broken', { attributes: { code: 'NOT_JSON' } });
    const { exitCode, stdout, stderr } = await run(
      '--queue dead-letter --discard --match REJECTION_TOO_LARGE',
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: '5 examined, 3 discarded.\n2 left: no code matches --match.\n',
    });
    const rows = stdout.split('\n').filter((line) => line.startsWith('discarded'));
    expect(rows.map((row) => row.split(/ {2,}/)).sort()).toEqual(
      discarded.map((id) => ['discarded', id, rejectedAt, 'REJECTION_TOO_LARGE']).sort(),
    );
    expect(sampleSecrets().filter((secret) => (stdout + stderr).includes(secret))).toEqual([]);
    expect(stdout + stderr).not.toMatch(/orders|acme|broken/);
    expect(sqs.visible('DeadLetters')).toHaveLength(2);
  });
});

describe('redrive --discard with failures', () => {
  it('prints the row of a message before it deletes the message, and can be repeated', async () => {
    reject(makeEvent({ eventId: 'e-1' }), 'CONFLICT');
    const [id] = ids('Rejected');
    const reached = new Promise<void>((resolve) => {
      sqs.react = ({ operation }) => {
        if (operation !== 'DeleteMessage') return undefined;
        resolve();
        return 'hang';
      };
    });
    const args = ['--queue', 'rejected', '--discard', '--match', 'CONFLICT'];
    const running = startRedrive(args, { PORT: String(sqs.port) });
    await reached;
    running.process.kill('SIGKILL');
    expect((await running.result).stdout).toContain(`discarded  ${id}`);
    expect(ids('Rejected')).toEqual([id]);
    sqs.react = () => undefined;
    for (const message of sqs.messages('Rejected')) message.visibleAtMillis = 0;
    expect((await run(args.join(' '))).stdout).toContain(`discarded  ${id}`);
    expect(ids('Rejected')).toEqual([]);
  });

  it('fails when a message cannot be deleted, and names it', async () => {
    reject(makeEvent({ eventId: 'e-1' }), 'CONFLICT');
    reject(makeEvent({ eventId: 'e-2' }), 'CONFLICT');
    const [, refused = ''] = ids('Rejected');
    sqs.react = ({ operation, body }) =>
      operation === 'DeleteMessage' && body.ReceiptHandle.startsWith(refused)
        ? { type: 'AccessDeniedException', message: 'no sqs:DeleteMessage for you' }
        : undefined;
    expect(await run('--queue rejected --discard --match CONFLICT')).toMatchObject({
      exitCode: 1,
      stderr:
        `This message may not have been deleted: ${refused}\n2 examined, 1 discarded.\n` +
        'AccessDeniedException: no sqs:DeleteMessage for you\n',
    });
    expect(ids('Rejected')).toEqual([refused]);
    expect(sqs.visible('Rejected')).toHaveLength(1);
  });

  it('fails when it cannot print a row, and does not delete that message', async () => {
    reject(makeEvent(), 'CONFLICT');
    const args = ['--queue', 'rejected', '--discard', '--match', 'CONFLICT'];
    const running = startRedrive(args, { PORT: String(sqs.port) });
    running.process.stdout?.destroy();
    const { exitCode, stderr } = await running.result;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: '1 examined, 0 discarded.\nError: write EPIPE\n',
    });
    expect(sqs.visible('Rejected')).toHaveLength(1);
  });
});

describe('redrive --discard arguments', () => {
  it.each([
    ['--queue rejected --discard', '--discard requires --match'],
    ['--queue rejected --discard --match CONFLICT --edit', '--edit and --discard cannot be combined'],
    [
      '--queue undelivered --discard --match NO_PERMISSIONS',
      '--discard is only for --queue rejected and dead-letter',
    ],
    ['--queue dead-letter --discard', '--discard requires --match'],
    ['--queue dead-letter --discard --match NOT_JSON,NOT_RECORDED', '--discard must not match NOT_RECORDED'],
    ['--queue dead-letter --discard --match ENTRY_TOO_LARGE', '--discard must not match ENTRY_TOO_LARGE'],
  ])('rejects "%s"', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(sqs.calls).toEqual([]);
  });
});
