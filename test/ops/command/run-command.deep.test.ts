// Tests the common behavior of the operator commands by running them as child processes.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

/** Arguments that make each command call AWS immediately. */
const commands = {
  redrive: '--queue rejected --stage prod',
  'find-orphans': '--bucket a-bucket --table a-table',
  'restore-missing': '--from a-table --to other-table',
};

/** Starts an endpoint that accepts requests and never responds. */
async function startHangingEndpoint() {
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

/** The file that the npm script runs. */
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
  it('ends immediately on the second Ctrl-C', async () => {
    using endpoint = await startHangingEndpoint();
    const { child, result } = start(name, args, endpoint.url);
    await endpoint.isCalled;
    const presses = setInterval(() => child.kill('SIGINT'), 500);
    const startedAt = Date.now();
    const { code } = await result.finally(() => clearInterval(presses));
    expect(code).toBe(130);
    // The request timeout is longer.
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  it('prints its usage, and refers to it after a usage error', async () => {
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
