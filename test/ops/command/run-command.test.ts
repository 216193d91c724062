// What the commands for operators have in common, seen from outside.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

/** Arguments with which each command calls AWS at once. */
const commands = {
  redrive: '--queue rejected --stage prod',
  'find-orphans': '--bucket a-bucket --table a-table',
  'restore-missing': '--from a-table --to other-table',
};

/** An AWS that takes calls and answers none. */
async function startSilence() {
  let called = () => {};
  const isCalled = new Promise<void>((resolve) => {
    called = resolve;
  });
  const server = createServer(() => called());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    isCalled,
    [Symbol.dispose]: stop,
  };
}

/** The file that `npm run NAME` starts. */
function scriptOf(name: string): string {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return scripts[name]?.replace(/^node /, '') ?? '';
}

function start(name: string, args: string, url = 'http://127.0.0.1:9') {
  const child = spawn(process.execPath, [join(root, scriptOf(name)), ...args.split(' ')], {
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: '210987654321',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const result = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, result };
}

describe.each(Object.entries(commands))('%s', (name, args) => {
  it('ends at once on the second Ctrl-C', async () => {
    using silence = await startSilence();
    const { child, result } = start(name, args, silence.url);
    await silence.isCalled;
    const presses = setInterval(() => child.kill('SIGINT'), 500);
    const startedAt = Date.now();
    const { code } = await result.finally(() => clearInterval(presses));
    expect(code).toBe(130);
    // An answer is waited for much longer.
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  it('shows its usage, and names it where the command makes no sense', async () => {
    expect(await start(name, '--help').result).toEqual({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^Usage: npm run ${name} -- `)),
      stderr: '',
    });
    expect(await start(name, '--nothing').result).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^Unknown option '--nothing'.*\nHelp: npm run ${name} -- --help\n$`),
      ),
    });
  });
});
