import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkEnvelope } from '../../../core/contract/validation.ts';
import { describeRejection } from '../../../core/recording/rejection.ts';
import { issueCodes } from '../../../core/values/issue.ts';
import { makeEvent, readSample, sampleSecrets } from '../../support/fixtures.ts';
import { type FakeSqs, fakePrincipal, startFakeSqs } from '../fake-sqs.ts';
import { runRedrive, startRedrive } from './run-redrive.ts';

const localPrincipal = `arn:aws:sts::210987654321:assumed-role/210987654321/${userInfo().username}`;

let sqs: FakeSqs;
let folder: string;

beforeEach(async () => {
  sqs = await startFakeSqs();
  folder = mkdtempSync(join(tmpdir(), 'redrive-test-'));
});

afterEach(async () => {
  await sqs[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const run = (args: string, environment: Record<string, string> = {}) =>
  runRedrive(args.split(' ').filter(Boolean), { PORT: String(sqs.port), TMPDIR: folder, ...environment });

const bodies = (queue: string) => sqs.messages(queue).map(({ body }) => body);

const stageEnvironment = (port: number): Record<string, string> => ({
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'local',
});

/** Sends what the recorder sends to the rejected queue. */
function reject(event: unknown, code: keyof typeof issueCodes, path = '/detail'): void {
  const reason = { path, code: issueCodes[code], message: 'must be something else' };
  sqs.put('Rejected', describeRejection(event, [reason], Date.now()) ?? '');
}

describe('redrive of dead letters', () => {
  it('requeues what was not recorded, leaves what would be rejected again, and counts both', async () => {
    const events = Array.from({ length: 23 }, (_, number) =>
      JSON.stringify(makeEvent({ eventId: `e-${number}` })),
    );
    for (const event of events) sqs.put('DeadLetters', event, { sentMillis: Date.now() - 3 * 3_600_000 });
    sqs.put('DeadLetters', '{"broken', { attributes: { code: 'NOT_JSON' } });
    const { exitCode, stdout, stderr } = await run('--queue dead-letter');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout:
        'CODE          MESSAGES  REQUEUED  OLDEST  FIELD\n' +
        'NOT_RECORDED  23        23        3h\n' +
        'NOT_JSON      1         0         0m\n',
    });
    expect(stderr).toMatch(/^24 examined, 23 requeued\.\n1 left: would be rejected again; .*--match\.\n$/);
    expect(bodies('Ingest').sort()).toEqual(events.sort());
    expect(sqs.visible('DeadLetters')).toEqual(['{"broken']);
  });

  it('changes nothing in a dry run and receives each message once', async () => {
    for (let number = 0; number < 35; number++) sqs.put('DeadLetters', makeEvent());
    const before = bodies('DeadLetters');
    const { exitCode, stderr } = await run('--queue dead-letter --dry-run');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '35 examined, 35 would be requeued.\n' });
    expect(sqs.visible('DeadLetters')).toEqual(before);
    expect(sqs.messages('DeadLetters').map(({ receives }) => receives)).toEqual(before.map(() => 1));
    expect(bodies('Ingest')).toEqual([]);
  });

  it('shows in a dry run for each code and field how many would be requeued', async () => {
    for (const eventId of ['a', 'b']) reject(makeEvent({ eventId }), 'producerNotAllowed');
    reject(makeEvent({ detail: { region: 'x' } }), 'producerNotAllowed');
    reject(makeEvent({ detail: { region: 'x' } }), 'invalidValue', '/detail/region');
    const { stdout, stderr } = await run('--queue rejected --dry-run');
    expect(stdout).toBe(
      'CODE                  MESSAGES  TO REQUEUE  OLDEST  FIELD\n' +
        'PRODUCER_NOT_ALLOWED  3         2           0m      /detail\n' +
        'INVALID_VALUE         1         0           0m      /detail/region\n',
    );
    expect(stderr).toContain('4 examined, 2 would be requeued.\n');
  });

  it('requeues only messages with a code of --match', async () => {
    sqs.put('DeadLetters', makeEvent());
    sqs.put('DeadLetters', makeEvent({ eventId: 'large' }), { attributes: { code: 'ENTRY_TOO_LARGE' } });
    const { stderr } = await run('--queue dead-letter --match ENTRY_TOO_LARGE');
    expect(stderr).toBe('2 examined, 1 requeued.\n1 left: no code matches --match.\n');
    expect(JSON.parse(bodies('Ingest')[0] ?? '').detail.eventId).toBe('large');
    // The code describes a past failure.
    expect(sqs.messages('Ingest')[0]?.attributes).toEqual({ redrivenBy: localPrincipal });
  });

  it('keeps who edited an event before, and sends nothing when STS does not say who redrives it', async () => {
    const editedBy = 'arn:aws:iam::210987654321:user/ben';
    const attributes = { redrivenBy: editedBy, editedBy };
    sqs.put('DeadLetters', makeEvent(), { attributes });
    const environment = stageEnvironment(sqs.port);
    const url = (id: string) =>
      `http://127.0.0.1:${sqs.port}/210987654321/RequestLogs-local-IngestQueues${id}0A1B2C3D-xyz`;
    const args = [
      '--queue',
      'dead-letter',
      '--queue-url',
      url('DeadLetters'),
      '--ingest-queue-url',
      url('Ingest'),
    ];
    const failed = await runRedrive(args, { ...environment, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' });
    expect(failed).toMatchObject({ exitCode: 1 });
    expect(failed.stderr).toContain('http://127.0.0.1:9 does not respond');
    expect([bodies('Ingest').length, sqs.visible('DeadLetters').length]).toEqual([0, 1]);
    expect((await runRedrive(args, environment)).exitCode).toBe(0);
    expect(sqs.messages('Ingest')[0]?.attributes).toEqual({ redrivenBy: fakePrincipal, editedBy });
  });

  it('never prints a body', async () => {
    for (const name of ['04', '05', '06']) sqs.put('DeadLetters', readSample(name));
    const { stdout, stderr } = await run('--queue dead-letter --dry-run');
    expect(sampleSecrets().filter((secret) => (stdout + stderr).includes(secret))).toEqual([]);
    expect(stdout + stderr).not.toMatch(/orders|acme/);
  });

  it('leaves messages that were sent after it began, so that it ends', async () => {
    sqs.put('DeadLetters', makeEvent());
    sqs.react = ({ operation, queue, body }) => {
      // The recorder fails again immediately.
      if (operation === 'SendMessage' && queue.includes('Ingest')) {
        sqs.put('DeadLetters', body.MessageBody, { sentMillis: Date.now() + 5 });
      }
      return undefined;
    };
    const { exitCode, stderr } = await run('--queue dead-letter');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: "1 left: sent after this run began, by this machine's clock.\n1 examined, 1 requeued.\n",
    });
    expect(sqs.visible('DeadLetters')).toHaveLength(1);
  });

  it('stops at --limit and reports it', async () => {
    for (let number = 0; number < 15; number++) sqs.put('DeadLetters', makeEvent());
    const { exitCode, stderr } = await run('--queue dead-letter --limit 12');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Stopped after 12 messages; the queue may contain more.');
    expect([bodies('Ingest').length, sqs.visible('DeadLetters').length]).toEqual([12, 3]);
    expect((await run('--queue dead-letter --limit 1')).stderr).toContain(
      'Stopped after 1 message; the queue may',
    );
  });

  it('loses nothing when it is killed between sending and deleting', async () => {
    sqs.put('DeadLetters', makeEvent({ eventId: 'once' }));
    const reached = new Promise<void>((resolve) => {
      sqs.react = ({ operation }) => {
        if (operation !== 'DeleteMessage') return undefined;
        resolve();
        return 'hang';
      };
    });
    const running = startRedrive(['--queue', 'dead-letter'], { PORT: String(sqs.port) });
    await reached;
    running.process.kill('SIGKILL');
    await running.result;
    expect([bodies('Ingest').length, bodies('DeadLetters').length]).toEqual([1, 1]);
    sqs.react = () => undefined;
    for (const message of sqs.messages('DeadLetters')) message.visibleAtMillis = 0;
    expect((await run('--queue dead-letter')).exitCode).toBe(0);
    expect(bodies('Ingest')[0]).toBe(bodies('Ingest')[1]);
    expect(bodies('DeadLetters')).toEqual([]);
  });

  it('reports messages that a killed run has received', async () => {
    for (let number = 0; number < 3; number++) sqs.put('DeadLetters', makeEvent());
    const opened = join(folder, 'opened');
    writeFileSync(join(folder, 'editor.sh'), `touch ${opened}; while [ -e ${opened} ]; do sleep 0.2; done`);
    reject(makeEvent({ detail: { region: 'nowhere' } }), 'invalidValue', '/detail/region');
    const running = startRedrive(['--queue', 'rejected', '--edit'], {
      ...{ PORT: String(sqs.port), TMPDIR: folder, EDITOR: `sh ${join(folder, 'editor.sh')}` },
    });
    await expect.poll(() => existsSync(opened), { timeout: 15_000 }).toBe(true);
    running.process.kill('SIGKILL');
    expect(await run('--queue rejected --dry-run')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr:
        'No visible messages in the queue: rejected.\n' +
        'About 1 in flight: received by another run, or by one that was killed, for at most 15 minutes (an hour with --edit).\n',
    });
    for (const message of sqs.messages('DeadLetters')) message.visibleAtMillis = Date.now() + 60_000;
    expect((await run('--queue dead-letter')).stderr).toContain(
      'About 3 in flight: received by another run, or by one that was killed, for at most 15 minutes.\n',
    );
    sqs.react = ({ operation }) =>
      operation === 'GetQueueAttributes' ? { type: 'AccessDeniedException', message: 'no' } : undefined;
    expect(await run('--queue rejected')).toMatchObject({
      exitCode: 0,
      stderr:
        'No visible messages in the queue: rejected.\nMessages in flight could not be counted: that requires sqs:GetQueueAttributes.\n',
    });
  });

  it('finishes the batch and releases the rest on Ctrl-C', async () => {
    for (let number = 0; number < 25; number++) sqs.put('DeadLetters', makeEvent());
    let receives = 0;
    const running = startRedrive(['--queue', 'dead-letter', '--dry-run'], { PORT: String(sqs.port) });
    sqs.react = ({ operation }) => {
      if (operation === 'ReceiveMessage' && ++receives === 2) running.process.kill('SIGINT');
      return undefined;
    };
    const { exitCode, stderr } = await running.result;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/^(10|20|25) examined/);
    expect(sqs.visible('DeadLetters')).toHaveLength(25);
  });

  it('fails with the error of AWS after it printed the counts', async () => {
    for (let number = 0; number < 12; number++) sqs.put('DeadLetters', makeEvent({ eventId: `e-${number}` }));
    sqs.react = ({ operation, body }) =>
      operation === 'SendMessage' && body.MessageBody.includes('"e-11"')
        ? { type: 'AccessDeniedException', message: 'no sqs:SendMessage for you' }
        : undefined;
    const { exitCode, stderr } = await run('--queue dead-letter');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: '12 examined, 11 requeued.\nAccessDeniedException: no sqs:SendMessage for you\n',
    });
    expect(sqs.visible('DeadLetters')).toHaveLength(1);
  });
});

describe('redrive with failing calls', () => {
  it('retries a call more often than the SDK does by default', async () => {
    sqs.put('DeadLetters', makeEvent());
    let tries = 0;
    sqs.react = ({ operation }) =>
      operation === 'SendMessage' && ++tries < 6 ? { type: 'RequestTimeout', message: 'later' } : undefined;
    expect(await run('--queue dead-letter')).toMatchObject({
      exitCode: 0,
      stderr: '1 examined, 1 requeued.\n',
    });
    expect(tries).toBe(6);
  });
});

describe('redrive of undelivered events', () => {
  it('requeues them unchanged', async () => {
    const attributes = { ERROR_CODE: 'NO_PERMISSIONS', RULE_ARN: 'arn:aws:events:…' };
    sqs.put('Undelivered', makeEvent({ eventId: 'e-1' }), { attributes });
    const { exitCode, stdout } = await run('--queue undelivered');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^NO_PERMISSIONS +1 /m);
    expect(JSON.parse(bodies('Ingest')[0] ?? '').detail.eventId).toBe('e-1');
  });
});

describe('redrive of rejected events', () => {
  it('leaves compressed events that cannot be decompressed or are larger than any event', async () => {
    const about = {
      rejectedAt: new Date().toISOString(),
      reasons: [{ path: '', code: 'INVALID_VALUE', message: 'm' }],
    };
    // 100 MB of JSON in a few hundred bytes.
    const bomb = brotliCompressSync(`"${' '.repeat(100 * 1024 * 1024)}"`, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
    });
    for (const eventBrotli of [bomb.toString('base64'), 'AAAA', '']) {
      sqs.put('Rejected', { ...about, eventBrotli });
    }
    const before = bodies('Rejected');
    const { exitCode, stderr } = await run('--queue rejected --dry-run');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: '3 examined, 0 would be requeued.\n3 left: unreadable: the event cannot be decompressed.\n',
    });
    expect(bodies('Rejected')).toEqual(before);
  });

  it('requeues events that are valid now, with the account that EventBridge set, and leaves the others', async () => {
    const event = makeEvent({ eventId: 'mine', account: '111122223333' });
    reject(event, 'producerNotAllowed', '/detail/organizationId');
    reject(makeEvent({ detail: { region: 'nowhere' } }), 'invalidValue', '/detail/region');
    reject(makeEvent({ occurredAt: '2099-01-01T00:00:00Z' }), 'inTheFuture', '/detail/occurredAt');
    reject(makeEvent(), 'conflict');
    const about = {
      rejectedAt: new Date().toISOString(),
      reasons: [{ path: '', code: 'NOT_JSON', message: 'm' }],
    };
    sqs.put('Rejected', { ...about, body: { sha256: 'x', bytes: 1 } });
    sqs.put('Rejected', 'garbage');
    const { exitCode, stdout, stderr } = await run('--queue rejected');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^INVALID_VALUE +1 +0 +0m +\/detail\/region$/m);
    expect(stderr.trim().split('\n').sort()).toEqual(
      [
        '6 examined, 1 requeued.',
        '1 left: still invalid; use --edit to edit them.',
        '1 left: still in the future.',
        '1 left: conflicts with a recorded entry, which is kept; compare the two.',
        '1 left: the body could not be redacted, so it is only in the dead-letter queue.',
        '1 left: not written by the recorder: unknown format.',
      ].sort(),
    );
    const [sent, ...more] = bodies('Ingest').map((body) => JSON.parse(body));
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ id: event.id, account: '111122223333', time: event.time });
    expect(sqs.visible('Rejected')).toHaveLength(5);
  });

  it('decompresses a large event', async () => {
    const after = { note: 'word '.repeat(209_400) };
    reject(makeEvent({ detailType: 'Resource Created', detail: { after } }), 'producerNotAllowed');
    expect(bodies('Rejected')[0]).toContain('eventBrotli');
    expect((await run('--queue rejected')).exitCode).toBe(0);
    expect(JSON.parse(bodies('Ingest')[0] ?? '').detail.after).toEqual(after);
  });
});

describe('redrive --edit', () => {
  const broken = (eventId: string) => makeEvent({ eventId, detail: { region: 'nowhere' } });

  /** An editor that runs a shell script on the file `"$1"`. */
  function editor(script: string): string {
    const file = join(folder, 'editor.sh');
    writeFileSync(file, `${script}\n`);
    return `sh ${file}`;
  }

  it('sends the edited event under its own event id', async () => {
    const event = broken('edit-me');
    reject(event, 'invalidValue', '/detail/region');
    const { exitCode, stderr } = await run('--queue rejected --edit', {
      EDITOR: editor(`sed -i 's/nowhere/eu-west-1/' "$1"`),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '1 examined, 1 requeued.\n' });
    const sent = JSON.parse(bodies('Ingest')[0] ?? '');
    expect(checkEnvelope(sent)).toHaveProperty('value');
    expect(sent).toMatchObject({ id: event.id, account: event.account, time: event.time });
    expect(sent.detail).toMatchObject({ eventId: 'edit-me', region: 'eu-west-1' });
    expect(sqs.messages('Ingest')[0]?.attributes).toEqual({
      redrivenBy: localPrincipal,
      editedBy: localPrincipal,
    });
    expect(bodies('Rejected')).toEqual([]);
  });

  it('keeps the edit when sending fails', async () => {
    reject(broken('unsent'), 'invalidValue', '/detail/region');
    sqs.react = ({ operation }) =>
      operation === 'SendMessage' ? { type: 'AccessDenied', message: 'no' } : undefined;
    const { exitCode, stderr } = await run('--queue rejected --edit', {
      EDITOR: editor(`sed -i 's/nowhere/eu-west-1/' "$1"`),
    });
    expect(exitCode).toBe(1);
    const kept = /Your edit is in (\S+)/.exec(stderr)?.[1] ?? '';
    expect(readFileSync(join(kept, 'event.jsonc'), 'utf8')).toContain('"region": "eu-west-1"');
    expect([bodies('Ingest').length, sqs.messages('Rejected').length]).toEqual([0, 1]);
  });

  it('shows the reasons above the event in a private file, and leaves an unchanged event', async () => {
    reject(broken('look'), 'invalidValue', '/detail/region');
    const copy = join(folder, 'copy');
    const { exitCode, stderr } = await run('--queue rejected --edit', {
      VISUAL: editor(`cp -p "$1" ${copy}`),
      EDITOR: 'false',
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: '1 examined, 0 requeued.\n1 left: not edited.\n',
    });
    expect(readFileSync(copy, 'utf8')).toMatch(
      /^\/\/ Rejected .+ Problems:\n\/\/ {3}\/detail\/region INVALID_VALUE must be/,
    );
    expect(statSync(copy).mode & 0o077).toBe(0);
    expect(sqs.visible('Rejected')).toHaveLength(1);
  });

  it('opens an invalid edit again with its problems, and keeps the file when it stays invalid', async () => {
    reject(broken('wrong'), 'invalidValue', '/detail/region');
    const seen = join(folder, 'seen');
    const script = `cat "$1" >> ${seen}; sed -i 's/nowhere/still wrong/' "$1"`;
    const { exitCode, stderr } = await run('--queue rejected --edit', { EDITOR: editor(script) });
    expect(exitCode).toBe(0);
    const file = /Your edit is in (\S+)/.exec(stderr)?.[1] ?? '';
    expect(readFileSync(file, 'utf8')).toContain('"region": "still wrong"');
    expect(readFileSync(seen, 'utf8')).toContain('/detail/region INVALID_VALUE must be an AWS region name');
    expect([bodies('Ingest').length, sqs.visible('Rejected').length]).toEqual([0, 1]);
  });

  it.each([
    [
      'another event id',
      's/"edit-me"/"another"/; s/nowhere/eu-west-1/',
      '/detail/eventId MISMATCH must stay edit-me',
    ],
    ['another account', 's/^{$/{"account": "999999999999",/', '/account UNKNOWN_FIELD must be absent'],
    ['invalid JSON', 's/^}$//', '/ NOT_JSON must be JSON'],
  ])('rejects %s', async (_, change, problem) => {
    reject(broken('edit-me'), 'invalidValue', '/detail/region');
    const seen = join(folder, 'seen');
    const script = `cat "$1" >> ${seen}; sed -i '${change}' "$1"`;
    expect((await run('--queue rejected --edit', { EDITOR: editor(script) })).exitCode).toBe(0);
    expect(bodies('Ingest')).toEqual([]);
    expect(readFileSync(seen, 'utf8')).toContain(problem);
  });

  it('fails when the editor fails, and leaves the event', async () => {
    reject(broken('e'), 'invalidValue', '/detail/region');
    const { exitCode, stderr } = await run('--queue rejected --edit', { EDITOR: 'false' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/the editor exited with 1; the event is kept in /);
    expect(sqs.visible('Rejected')).toHaveLength(1);
  });

  it('redacts a secret that was typed in place of its marker', async () => {
    const event = broken('typed');
    reject(event, 'invalidValue', '/detail/region');
    const change = 's/nowhere/eu-west-1/; s/\\[REDACTED:1\\]/typed-in-clear/';
    expect(
      (await run('--queue rejected --edit', { EDITOR: editor(`sed -i '${change}' "$1"`) })).exitCode,
    ).toBe(0);
    expect(bodies('Ingest')[0]).toContain('[REDACTED:1]');
    expect(bodies('Ingest')[0]).not.toContain('typed-');
  });
});

describe('redrive arguments', () => {
  it.each([
    ['', '--queue must be one of dead-letter, rejected, undelivered'],
    ['--queue ingest', '--queue must be one of dead-letter, rejected, undelivered; got "ingest"'],
    ['--queue rejected --match NOPE', '--match must be one of NOT_JSON,'],
    ['--queue dead-letter --edit', '--edit is only for --queue rejected'],
    ['--queue rejected --edit --dry-run', '--edit and --dry-run cannot be combined'],
    ['--queue rejected --edit', '--edit requires an editor in VISUAL or EDITOR'],
    ['--queue rejected --limit 0', '--limit must be an integer from 1 to 100000; got "0"'],
    ['--queue rejected --stage Prod', '--stage must be'],
    ['--queue rejected --queue-url https://sqs/x', '--ingest-queue-url is required'],
    ['--queue rejected --nothing', "Unknown option '--nothing'"],
  ])('rejects "%s"', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(sqs.calls).toEqual([]);
  });

  it('finds the queues of a deployed stage by name, and of no other stage', async () => {
    await using prod = await startFakeSqs('prod');
    prod.put('DeadLetters', makeEvent());
    const environment = stageEnvironment(prod.port);
    const found = await runRedrive(['--queue', 'dead-letter', '--stage', 'prod'], environment);
    expect(found).toMatchObject({ exitCode: 0, stderr: '1 examined, 1 requeued.\n' });
    expect(prod.messages('Ingest')[0]?.attributes).toEqual({ redrivenBy: fakePrincipal });
    const missing = await runRedrive(['--queue', 'dead-letter', '--stage', 'pro'], environment);
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain('no queue RequestLogs-pro-IngestQueuesDeadLetters… found');
  });

  it('accepts the URLs of both queues instead', async () => {
    sqs.put('Rejected', 'garbage');
    const url = (id: string) =>
      `http://127.0.0.1:${sqs.port}/210987654321/RequestLogs-local-IngestQueues${id}0A1B2C3D-xyz`;
    const args = ['--queue', 'rejected', '--queue-url', url('Rejected'), '--ingest-queue-url', url('Ingest')];
    const environment = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
    expect((await runRedrive(args, environment)).stderr).toContain('1 examined, 0 requeued.');
    expect(sqs.calls.map(({ operation }) => operation)).not.toContain('ListQueues');
  });

  it('fails when no region is set, and explains how to set it', async () => {
    const environment = { AWS_CONFIG_FILE: '/dev/null', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
    expect(await runRedrive(['--queue', 'rejected', '--stage', 'prod'], environment)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'No AWS region: set AWS_REGION, such as AWS_REGION=eu-west-1\n',
    });
  });

  it('fails when the local stack does not respond, and explains how to start it', async () => {
    const { exitCode, stderr } = await runRedrive(['--queue', 'rejected'], { PORT: '9' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Start the local stack with npm start, or pass a deployed stage with --stage');
  });
});
