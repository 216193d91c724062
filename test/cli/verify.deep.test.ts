// The verify command against an API that serves a real log, and against APIs that lie.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toVerifierKey } from '../../core/log/signed-note.ts';
import { MemorySigner } from '../core/log/memory-log.ts';
import { MemoryWitness } from '../core/log/memory-witness.ts';
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
  cosigned: readonly (string | null)[] = [],
) {
  await using api = await startFakeApi();
  api.answer = async (request) => change(await answerFrom(log, request, cosigned), request.path);
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
      witnesses: [],
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

  describe('with the key of a witness', () => {
    const witness = new MemoryWitness();
    const args = ['--witness', witness.verifierKey];
    const cosignedBy = async ({ reader }: Log, of = witness) => {
      const note = (await reader.readHead())?.checkpoint ?? '';
      return note + of.cosign(note.slice(0, note.lastIndexOf('\n\n') + 1));
    };

    it('requires that the log continues what the witness cosigned last', async () => {
      const notes = [null, await cosignedBy(await sealedLog([1])), await cosignedBy(await sealedLog([3]))];
      const { stdout, exitCode } = await verify(await sealedLog([3, 2]), args, undefined, notes);
      expect([exitCode, stdout]).toEqual([
        0,
        expect.stringContaining(
          'The log continues the checkpoint that witness.example.com cosigned at 2027-01-15T08:00:00.000Z, which had 3 entries.',
        ),
      ]);
      const { stdout: json } = await verify(await sealedLog([3, 2]), [...args, '--json'], undefined, notes);
      expect(JSON.parse(json).witnesses).toEqual([
        { name: 'witness.example.com', size: 3, cosignedAt: '2027-01-15T08:00:00.000Z' },
      ]);
    });

    it('fails when the log was rewritten or cut since then', async () => {
      const cosigned = [await cosignedBy(await sealedLog([3, 3], 50))];
      const rewritten = await verify(await sealedLog([3, 4]), args, undefined, cosigned);
      expect([rewritten.exitCode, rewritten.stderr]).toEqual([
        1,
        expect.stringContaining(
          'the log was rewritten: it does not continue the checkpoint that witness.example.com cosigned',
        ),
      ]);
      const cut = await verify(await sealedLog([2]), args, undefined, cosigned);
      expect([cut.exitCode, cut.stderr]).toEqual([1, expect.stringContaining('entries were removed')]);
    });

    it('fails when the witness cosigned nothing, or another key did in its name', async () => {
      const log = await sealedLog([3]);
      const forger = new MemoryWitness('witness.example.com', 99);
      for (const cosigned of [[], [null], [await cosignedBy(log, forger)]]) {
        const { stderr, exitCode } = await verify(log, args, undefined, cosigned);
        expect([exitCode, stderr]).toEqual([
          1,
          expect.stringContaining('the witness witness.example.com has cosigned no checkpoint of the log'),
        ]);
      }
    });

    it('rejects a key that is not that of a witness', async () => {
      const { stderr, exitCode } = await verify(await sealedLog([1]), ['--witness', toVerifierKey(key)]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--witness must be the verifier key')]);
    });
  });
});
