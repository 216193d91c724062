import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deriveEntryId } from '../../../core/entry/derive-entry-id.ts';
import { type FakeEventBridge, startFakeEventBridge } from '../../emitter/fake-event-bridge.ts';
import { goodSampleNames, makeEvent, readSample, sampleFile, sampleSecrets } from '../../support/fixtures.ts';

const command = new URL('../../../ops/emit/emit-files.ts', import.meta.url).pathname;

let bridge: FakeEventBridge;
let folder: string;

beforeEach(async () => {
  bridge = await startFakeEventBridge();
  folder = mkdtempSync(join(tmpdir(), 'emit-files-'));
});

afterEach(async () => {
  await bridge[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

interface Run {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

async function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env.PATH, EVENTBRIDGE_ENDPOINT: bridge.endpoint, ...environment },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, lines: output.split('\n').slice(0, -1), errors };
}

const shape =
  'an event is {source, detail-type, account, detail, …}, in the format that EventBridge delivers';

const sentDetails = () => bridge.calls.flatMap(({ entries }) => entries.map(({ Detail }) => Detail));

describe('emit-files', () => {
  it('publishes the sample events, prints a line for each, and sends and prints no secret', async () => {
    const files = goodSampleNames.map(sampleFile);
    const { exitCode, lines, errors } = await run(files);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(lines).toHaveLength(files.length);
    for (const [index, name] of goodSampleNames.entries()) {
      const { source, detail } = readSample(name);
      const entryId = deriveEntryId({ ...detail, source, occurredAtMillis: Date.parse(detail.occurredAt) });
      expect(lines[index]).toMatch(
        new RegExp(
          `^published ${files[index]} eventId=${detail.eventId} envelopeId=envelope-\\d+ entryId=${entryId} once recorded$`,
        ),
      );
    }
    const seen = lines.join() + sentDetails().join();
    expect(sampleSecrets().filter((secret) => seen.includes(secret))).toEqual([]);
    expect(bridge.calls[0]?.entries[0]?.EventBusName).toBe('request-logs-local');
  });

  it('prints why an event is invalid on one line, and publishes the others', async () => {
    const bad = sampleFile('bad-unknown-region.json');
    const event = makeEvent({ detail: { region: 'x', accountId: '1' } });
    const both = write('both.json', [makeEvent(), event]);
    const { exitCode, lines } = await run([bad, both], { EVENT_BUS_NAME: 'other' });
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      `failed ${bad} eventId=bad-1 /detail/region INVALID_VALUE must be an AWS region name, such as eu-west-1`,
      expect.stringMatching(`^published ${both} eventId=`),
      expect.stringMatching(
        `^failed ${both} event=2 eventId=${event.detail.eventId} /detail/accountId INVALID_VALUE .+; /detail/region INVALID_VALUE .+$`,
      ),
    ]);
    expect(bridge.calls[0]?.entries.map(({ EventBusName }) => EventBusName)).toEqual(['other']);
  });

  it('rejects events that the recorder would reject as in the future, unless --raw is set', async () => {
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const [soon, late] = [10, 60].map((minutes) => makeEvent({ occurredAt: at(minutes) }));
    const broken = makeEvent({ occurredAt: at(60), detail: { region: 'x' } });
    const file = write('ahead.json', [soon, late, broken]);
    const { exitCode, lines } = await run([file]);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(`^published ${file} eventId=${soon?.detail.eventId} `),
      `failed ${file} event=2 eventId=${late?.detail.eventId} /detail/occurredAt IN_THE_FUTURE must be at most 15 minutes ahead of the time it is recorded`,
      expect.stringMatching(
        `^failed ${file} event=3 eventId=${broken.detail.eventId} /detail/region INVALID_VALUE `,
      ),
    ]);
    expect(sentDetails()).toHaveLength(1);
    expect((await run(['--raw', file])).exitCode).toBe(0);
    expect(sentDetails()).toHaveLength(4);
  });

  it('sends the events of each account with credentials of that account', async () => {
    const accounts = ['111111111111', '222222222222', '111111111111'];
    const file = write(
      'accounts.json',
      accounts.map((account, number) => makeEvent({ account, eventId: `e-${number}` })),
    );
    const { lines } = await run([file]);
    expect(lines.map((line) => /eventId=(\S+)/.exec(line)?.[1])).toEqual(['e-0', 'e-1', 'e-2']);
    expect(bridge.calls.map(({ accessKeyId, entries }) => [accessKeyId, entries.length])).toEqual([
      ['111111111111', 2],
      ['222222222222', 1],
    ]);
  });

  it('fails when the account is invalid', async () => {
    const file = write('e.json', { ...makeEvent(), account: '12' });
    const { exitCode, lines } = await run([file]);
    expect({ exitCode, lines }).toEqual({
      exitCode: 1,
      lines: [`failed ${file} /account INVALID_VALUE must be a 12-digit AWS account ID`],
    });
  });

  it('fails when fields are missing, and lists all of them with the format of an event', async () => {
    const { account: _, source: __, ...event } = makeEvent();
    const files = [write('hello.json', { hello: 1 }), write('no-account.json', event)];
    const { exitCode, lines } = await run(files);
    expect({ exitCode, lines }).toEqual({
      exitCode: 1,
      lines: [
        `failed ${files[0]} /detail-type INVALID_VALUE is required; /account INVALID_VALUE is required; /detail INVALID_VALUE is required; ${shape}`,
        `failed ${files[1]} /account INVALID_VALUE is required; ${shape}`,
      ],
    });
    const raw = await run(['--raw', ...files]);
    expect(raw.lines[0]).toContain(
      '/source INVALID_VALUE is required; /detail-type INVALID_VALUE is required',
    );
  });

  it('fails when a file is not JSON, and prints the position of the error', async () => {
    const texts = ['{"a": 1,\n "b": s3cret}', '{"a": [1,\n2}', '{"a": 1', '{"a": "x\ny"}', '', '[1] 2'];
    const files = texts.map((text, number) => write(`${number}.json`, text));
    const { lines } = await run(files);
    expect(lines).toEqual(
      ['2 column 7', '2 column 2', '1 column 8', '1 column 9', '1 column 1', '1 column 5'].map(
        (place, number) => `failed ${files[number]} is not valid JSON at line ${place}`,
      ),
    );
  });

  it('fails when a file cannot be read or contains no event, and never quotes it', async () => {
    const [secret = ''] = sampleSecrets();
    const files = [
      write('broken.json', `{"password": "${secret}", ${secret}`),
      write('text.json', '"text"'),
      write('empty.json', []),
      join(folder, 'missing.json'),
      folder,
    ];
    const { exitCode, lines, errors } = await run(files);
    expect({ exitCode, errors }).toEqual({ exitCode: 1, errors: '' });
    expect(lines).toEqual([
      `failed ${files[0]} is not valid JSON at line 1 column ${secret.length + 18}`,
      `failed ${files[1]} is not an event: must be a JSON object in the format that EventBridge delivers`,
      `failed ${files[2]} contains no event`,
      `failed ${files[3]} cannot be read: ENOENT`,
      `failed ${files[4]} cannot be read: EISDIR`,
    ]);
  });

  it('escapes control characters and line breaks', async () => {
    const file = write('a\u001b[2J\u202e.json', { ...makeEvent(), 'detail-type': 'x\nfailed' });
    bridge.react = ({ entries }) =>
      entries.map(() => ({
        ErrorCode: 'AccessDeniedException',
        ErrorMessage: 'no\u001b]0;x\u0007\npublished',
      }));
    const { lines } = await run(['--raw', file]);
    expect(lines).toEqual([expect.stringContaining('a\\u001b[2J\\u202e.json')]);
    expect(lines[0]).toContain('no\\u001b]0;x\\u0007\\u000apublished');
  });

  it('fails when the local stack does not respond, and explains how to start it', async () => {
    const { exitCode, lines, errors } = await run([sampleFile('01-service-created.json')], {
      EVENTBRIDGE_ENDPOINT: '',
      PORT: '9',
    });
    expect(exitCode).toBe(1);
    expect(lines).toEqual([expect.stringContaining('ECONNREFUSED cannot reach EventBridge')]);
    expect(errors).toContain('No response from http://localhost:9. Start the local stack with: npm start');
  });

  it.each([[[]], [['--loud', 'x.json']], [['--raw']]])('prints its usage for %j', async (args) => {
    const { exitCode, lines, errors } = await run(args);
    expect({ exitCode, lines }).toEqual({ exitCode: 2, lines: [] });
    expect(errors).toContain('Usage: npm run emit -- [--raw] FILE…');
  });

  it('rejects an endpoint that is not a URL', async () => {
    const environment = { EVENTBRIDGE_ENDPOINT: 'localhost:3000' };
    const { exitCode, errors } = await run([sampleFile('01-service-created.json')], environment);
    expect(exitCode).toBe(2);
    expect(errors).toContain('EVENTBRIDGE_ENDPOINT must be an http or https URL; got localhost:3000');
  });
});

describe('emit-files --raw', () => {
  it('sends each detail unchanged, and prints the ids of valid events', async () => {
    const files = ['06-rds-password-rotated.json', 'bad-unknown-region.json'].map(sampleFile);
    const { exitCode, lines } = await run(['--raw', ...files]);
    expect(exitCode).toBe(0);
    expect(sentDetails()).toEqual(
      ['06', 'bad-unknown'].map((name) => JSON.stringify(readSample(name).detail)),
    );
    expect(lines[0]).toMatch(/ eventId=res-20261112-0001 envelopeId=\S+ entryId=[0-9A-Z]{26} once recorded$/);
    expect(lines[1]).toMatch(/ eventId=bad-1 envelopeId=\S+ entryId=-$/);
    expect(bridge.calls[0]?.entries[0]?.Time).toBe(Date.parse(readSample('06').time) / 1000);
  });

  it('keeps prototype keys, digits, and details that are not objects', async () => {
    const { detail: _, ...envelope } = makeEvent();
    const details = [
      '{"__proto__":{"a":1},"n":9007199254740993,"m":1e400,"x":1.50}',
      '"text"',
      '[1]',
      'null',
      '7',
    ];
    const text = details.map((detail) => `${JSON.stringify(envelope).slice(0, -1)},"detail":${detail}}`);
    const { lines } = await run(['--raw', write('odd.json', `\uFEFF[${text.join()}]`)]);
    expect(sentDetails()).toEqual(details);
    for (const line of lines) expect(line).toMatch(/ eventId=- envelopeId=\S+ entryId=-$/);
  });

  it('does not print a secret in place of the event id', async () => {
    const secret = sampleSecrets().find((text) => /^[A-Z0-9]{20}$/.test(text)) ?? '';
    const { lines } = await run(['--raw', write('e.json', makeEvent({ eventId: secret }))]);
    expect(lines[0]).toMatch(/ eventId=- envelopeId=\S+ entryId=-$/);
  });

  it('fails when PutEvents cannot carry the event', async () => {
    const { detail: _, ...noDetail } = makeEvent();
    const file = write('e.json', [noDetail, { ...makeEvent(), source: 7 }]);
    const { exitCode, lines } = await run(['--raw', file]);
    expect(exitCode).toBe(1);
    expect(lines).toEqual([
      `failed ${file} event=1 /detail INVALID_VALUE is required; ${shape}`,
      `failed ${file} event=2 /source INVALID_VALUE must be a string`,
    ]);
    expect(bridge.calls).toEqual([]);
  });
});
