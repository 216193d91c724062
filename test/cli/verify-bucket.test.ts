// The verify command over a copy of a log bucket with an archive, and over copies that were changed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import type { VerifyCommand } from '../../cli/commands.ts';
import { openBucket } from '../../cli/verify-bucket.ts';
import { reportLog } from '../../cli/verify-report.ts';
import { readArchiveLine, toArchiveLine } from '../../core/log/archive-line.ts';
import { toVerifierKey } from '../../core/log/signed-note.ts';
import { plainPaint } from '../../terminal/paint.ts';
import { archivedLog } from '../core/log/archived-log.ts';
import { MemorySigner } from '../core/log/memory-log.ts';
import { key } from '../core/log/sealed-entries.ts';

const at = (time: string) => Date.parse(`2026-11-30T${time}:00Z`);

async function sealAndArchive() {
  const log = await archivedLog({ retentionDays: undefined });
  await log.seal(300, at('10:00'));
  await log.seal(2, at('10:30'));
  await log.seal(3, at('13:59'));
  await log.archive(at('14:10'));
  await log.seal(4, at('14:20'));
  return log.objects.objects;
}

const original = await sealAndArchive();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'request-logs-bucket-'));
  writeFileSync(join(folder, 'key'), `${toVerifierKey(key)}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Copies the objects to a folder, as `aws s3 sync` does. */
function copy(objects: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, bytes] of objects) {
    const path = join(folder, 'copy', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

async function verify(objects: ReadonlyMap<string, Uint8Array>, ...options: string[]) {
  copy(objects);
  const argv = [
    'verify',
    '--bucket',
    join(folder, 'copy'),
    '--key',
    join(folder, 'key'),
    '--json',
    ...options,
  ];
  const command = readArguments(argv, Date.now) as VerifyCommand;
  let text = '';
  const output = {
    write: async (part: string) => {
      text += part;
    },
    say: () => {},
    draw: () => {},
    paint: plainPaint,
    columns: undefined,
    drawColumns: undefined,
  };
  const environment = { XDG_CONFIG_HOME: folder };
  const opened = await openBucket(command, command.bucket ?? '', environment);
  const isRight = await reportLog(opened, command, { output, now: () => at('15:00') });
  return { isRight, result: JSON.parse(text) };
}

/** The original with the first archive object changed. */
function withArchive(change: (lines: string[]) => readonly string[]): Map<string, Uint8Array> {
  const name = [...original.keys()].find((found) => found.startsWith('archive/entries/')) ?? '';
  const lines = gunzipSync(original.get(name) ?? '')
    .toString()
    .trimEnd()
    .split('\n');
  return new Map([...original, [name, gzipSync(`${change(lines).join('\n')}\n`)]]);
}

describe('request-logs verify --bucket', () => {
  it('verifies a copy without the API, and counts what is too new for the archive', async () => {
    const { isRight, result } = await verify(original);
    expect(isRight).toBe(true);
    expect(result).toMatchObject({ log: key.name, size: 309, verified: 305, waiting: 4, failed: 0 });
  });

  it('names entries that were changed in, or removed from, the archive', async () => {
    const forge = (line: string) => {
      const leaf = readArchiveLine(line);
      if (leaf === undefined) throw new Error('the line is malformed');
      return toArchiveLine({ ...leaf, committed: leaf.committed.replace('Asha', 'Ben') });
    };
    const changed = await verify(
      withArchive((lines) => lines.map((line, at) => (at === 7 ? forge(line) : line))),
    );
    expect(changed.isRight).toBe(false);
    expect(changed.result.failures).toEqual([
      { index: 7, reason: 'the archived entry is not the one that was sealed' },
    ]);
    const removed = await verify(withArchive((lines) => lines.filter((_, at) => at !== 9)));
    expect(removed.result.failures).toEqual([
      { index: 9, reason: 'its entry is missing, although it has not expired' },
    ]);
  });

  it('fails when a line, a leaf, or the checkpoint was changed', async () => {
    const first = (lines: string[]) => lines.map((line) => line.replace('"role":"Admin"', '"role":"Viewer"'));
    await expect(verify(withArchive(first))).rejects.toThrow('has a line that was changed');
    const bundle = 'logs/acme/tile/entries/000';
    const leaves = Uint8Array.from(original.get(bundle) ?? [], (byte, place) =>
      place === 60 ? byte ^ 1 : byte,
    );
    await expect(verify(new Map([...original, [bundle, leaves]]))).rejects.toThrow(
      'the leaves are not those of the tree that the key signed',
    );
    const note = Buffer.from(original.get('logs/acme/checkpoint') ?? []).toString();
    const other = Buffer.from(note.replace('\n309\n', '\n308\n'));
    await expect(verify(new Map([...original, ['logs/acme/checkpoint', other]]))).rejects.toThrow(
      'the key did not sign the checkpoint of the copy',
    );
  });

  it('fails when the copy does not continue a checkpoint that was kept elsewhere', async () => {
    const since = join(folder, 'since');
    const [record = ''] = [...original.keys()].filter((name) => name.includes('/batches/'));
    const { checkpoint } = JSON.parse(Buffer.from(original.get(record) ?? []).toString());
    writeFileSync(since, checkpoint);
    expect((await verify(original, '--since', since)).isRight).toBe(true);
    const fork = await archivedLog({ retentionDays: undefined });
    await fork.seal(301, at('09:00'));
    writeFileSync(since, fork.objects.objects.get('logs/acme/checkpoint') ?? '');
    expect((await verify(original, '--since', since)).isRight).toBe(true);
    const longer = await archivedLog({ retentionDays: undefined });
    await longer.seal(400, at('09:00'));
    writeFileSync(since, longer.objects.objects.get('logs/acme/checkpoint') ?? '');
    await expect(verify(original, '--since', since)).rejects.toThrow('fewer than the checkpoint in the file');
  });

  it('requires the key of this log, and an organization if the copy has several', async () => {
    const stranger = { ...key, publicKey: await new MemorySigner(9).publicKey() };
    writeFileSync(join(folder, 'key'), toVerifierKey(stranger));
    await expect(verify(original)).rejects.toThrow('the key did not sign the checkpoint of the copy');
    writeFileSync(join(folder, 'key'), toVerifierKey({ ...key, name: 'other' }));
    await expect(verify(original)).rejects.toThrow('the key is that of other');
    const two = new Map([...original, ['logs/globex/checkpoint', new Uint8Array()]]);
    await expect(verify(two)).rejects.toThrow('choose one with --organization');
    await expect(verify(two, '--organization', 'none')).rejects.toThrow('has no log of none');
    expect(() => readArguments(['verify', '--bucket', 'x', '--organization', '../x'], Date.now)).toThrow(
      '--organization must be an organization ID',
    );
  });
});
