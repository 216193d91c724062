// The verify command against an API that serves a real log, and against APIs that lie.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toVerifierKey } from '../../core/log/signed-note.ts';
import { MemorySigner } from '../core/log/memory-log.ts';
import { entryAt, key, sealedLog } from '../core/log/sealed-entries.ts';
import { type FakeAnswer, startFakeApi } from './fake-api.ts';
import { answerFrom, type Log } from './log-api.ts';
import { runCli } from './run-cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'request-logs-verify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function verify(
  log: Log,
  args: readonly string[] = [],
  change: (answer: FakeAnswer, path: string) => FakeAnswer = (answer) => answer,
) {
  await using api = await startFakeApi();
  api.answer = async (request) => change(await answerFrom(log, request), request.path);
  const state = join(folder, 'logs.json');
  // The pin belongs to an origin, and the fake API has a new port each time.
  const port = new URL(api.url).port;
  try {
    const known = readFileSync(state, 'utf8');
    writeFileSync(state, known.replaceAll(/127\.0\.0\.1:\d+/g, `127.0.0.1:${port}`));
  } catch {}
  return await runCli(['verify', '--url', api.url, '--state', state, ...args]);
}

describe('request-logs verify', () => {
  it('verifies every entry, pins the key, and continues the checkpoint of the last run', async () => {
    const first = await verify(await sealedLog([3]));
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain('3 entries verified.');
    const second = await verify(await sealedLog([3, 2]), ['--json']);
    expect(JSON.parse(second.stdout)).toEqual({
      log: key.name,
      size: 5,
      continues: 3,
      verified: 5,
      waiting: 0,
      failures: [],
    });
  });

  it('verifies one entry', async () => {
    const log = await sealedLog([3]);
    const { stdout, exitCode } = await verify(log, ['--entry', entryAt(1).id]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('1 entry verified.')]);
  });

  it('fails when the API shows another entry than was sealed', async () => {
    const log = await sealedLog([3]);
    const { id } = entryAt(1);
    const { stdout, exitCode } = await verify(log, [], (answer, path) =>
      path === `/request-logs/${id}` ? { body: { ...(answer.body as object), role: 'Owner' } } : answer,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${id} does not verify: the entry is not the one that was sealed.`);
  });

  it('fails when an entry that was recorded long ago is not in the log', async () => {
    const log = await sealedLog([3]);
    const { stdout, exitCode } = await verify({ ...log, entries: [...log.entries, entryAt(7)] });
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('the entry is not in the log')]);
  });

  it('fails when the log is shorter than the one of the last run', async () => {
    await verify(await sealedLog([5]));
    const { stderr, exitCode } = await verify(await sealedLog([3]));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('entries were removed')]);
  });

  it('fails when the log does not continue a checkpoint that was kept elsewhere', async () => {
    const kept = join(folder, 'checkpoint.txt');
    const [log, other] = [await sealedLog([3, 2]), await sealedLog([2, 5])];
    const head = await other.reader.readHead();
    writeFileSync(kept, head?.checkpoint ?? '');
    const removed = await verify(log, ['--since', kept]);
    expect([removed.exitCode, removed.stderr]).toEqual([1, expect.stringContaining('entries were removed')]);
    const proof = (answer: FakeAnswer, path: string) =>
      path.endsWith('/consistency') ? { body: { ...(answer.body as object), hashes: [] } } : answer;
    writeFileSync(kept, (await (await sealedLog([3])).reader.readHead())?.checkpoint ?? '');
    const rewritten = await verify(log, ['--since', kept], proof);
    expect([rewritten.exitCode, rewritten.stderr]).toEqual([1, expect.stringContaining('was rewritten')]);
  });

  it('fails when the key changed', async () => {
    const log = await sealedLog([3]);
    await verify(log);
    const publicKey = await new MemorySigner(9).publicKey();
    const { stderr, exitCode } = await verify(log, [], (answer, path) =>
      path.endsWith('/key') ? { body: toVerifierKey({ ...key, publicKey }) } : answer,
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('changed since the last run')]);
  });
});
