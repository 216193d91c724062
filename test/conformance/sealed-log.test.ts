// The sealed log in the eyes of tools that are not ours: Tessera's fsck reads a whole log, torchwood verifies proofs.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentPlace, toEvidenceFiles } from '../../cli/evidence-files.ts';
import { strangerCommands } from '../../cli/evidence-readme.ts';
import { toProofText } from '../../core/log/proof.ts';
import { toVerifierKey } from '../../core/log/signed-note.ts';
import { key, sealableOf, sealedLog } from '../core/log/sealed-entries.ts';

const folder = mkdtempSync(join(tmpdir(), 'request-logs-oracle-'));
const prefix = 'logs/acme/';
const { FSCK = '', VERIFY_PROOFS = '', SPICY = '' } = process.env;

/** Sizes that leave partial tiles of two levels, and full ones. */
const batches = [1, 255, 3, 600, 256, 400, 77];

describe.skipIf(FSCK === '' || VERIFY_PROOFS === '')('the sealed log', () => {
  let log: Awaited<ReturnType<typeof sealedLog>>;

  beforeAll(async () => {
    log = await sealedLog(batches);
    for (const [name, bytes] of log.objects.objects) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    writeFileSync(join(folder, 'key'), toVerifierKey(key));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Whether fsck accepts the log. Its exit code is 0 either way, and it can wait forever after it found a wrong tile. */
  const isAccepted = () => {
    const url = `file://${join(folder, prefix)}`;
    const args = ['--ui=false', `--storage_url=${url}`, `--public_key=${join(folder, 'key')}`];
    const { stderr } = spawnSync(FSCK, args, { encoding: 'utf8', timeout: 10_000 });
    return stderr.includes("Successfully fsck'd log with size 1592");
  };

  it('is accepted by fsck of Tessera', () => {
    expect(isAccepted()).toBe(true);
  });

  it.each(['tile/entries/000', 'tile/0/001', 'tile/1/000.p/6', 'checkpoint'])(
    'is rejected by fsck of Tessera with a changed byte in %s',
    (name) => {
      const file = join(folder, prefix, name);
      const bytes = log.objects.objects.get(prefix + name) ?? new Uint8Array();
      writeFileSync(
        file,
        bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
      );
      const isChangedAccepted = isAccepted();
      writeFileSync(file, bytes);
      expect(isChangedAccepted).toBe(false);
      expect(isAccepted()).toBe(true);
    },
  );

  it('has evidence whose leaves spicy accepts, as its README says, and rejects with a changed byte', async () => {
    const number = 700;
    const entry = log.entries[number];
    const proof = entry && (await log.reader.prove(sealableOf(entry, number)));
    if (entry === undefined || proof === undefined) throw new Error(`entry ${number} is not sealed`);
    const { checkpoint } = proof;
    const records = [{ entry, proof: { ...proof, hashes: [...proof.hashes] } }];
    const content = {
      format: 1,
      createdAt: '',
      key: toVerifierKey(key),
      checkpoint,
      consistency: [],
      records,
    } as const;
    const files = toEvidenceFiles({ ...content, consistency: [] }, contentPlace);
    const command = strangerCommands.inclusion.replace(/^go run \S+/, SPICY);
    expect(command).not.toBe(strangerCommands.inclusion);
    const target = join(folder, 'evidence');
    const verify = () => spawnSync('sh', ['-c', command], { cwd: target }).status;
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(target, name)), { recursive: true });
      writeFileSync(join(target, name), bytes);
    }
    expect(verify()).toBe(0);
    writeFileSync(
      join(target, 'leaves', `${entry.id}.leaf`),
      (files[`leaves/${entry.id}.leaf`] ?? new Uint8Array()).map((byte, at) => (at === 9 ? byte ^ 1 : byte)),
    );
    expect(verify()).toBe(1);
  });

  it('has proofs that torchwood accepts, and rejects with any changed character', async () => {
    const requests: { readonly key: string; readonly leaf: string; readonly proof: string }[] = [];
    for (const number of [0, 255, 256, 700, 1591]) {
      const entry = log.entries[number];
      const proof = entry && (await log.reader.prove(sealableOf(entry, number)));
      if (proof === undefined) throw new Error(`entry ${number} is not sealed`);
      requests.push({ key: toVerifierKey(key), leaf: proof.leaf, proof: toProofText(proof) });
    }
    expect(verifyProofs(requests)).toEqual(requests.map(() => 'ok'));
    const [request] = requests;
    if (request === undefined) throw new Error('there is no proof');
    // The extra data is not authenticated by the proof itself: the leaf commits to it.
    const start = request.proof.indexOf('\nindex') + 1;
    const altered: (typeof requests)[number][] = [];
    for (let at = start; at < request.proof.length; at++) {
      // Go reads base64 whose last character has unused bits of any value.
      if (request.proof[at + 1] === '=') continue;
      const character = request.proof[at] === 'B' ? 'C' : 'B';
      altered.push({
        ...request,
        proof: request.proof.slice(0, at) + character + request.proof.slice(at + 1),
      });
    }
    expect(altered.length).toBeGreaterThan(300);
    expect(verifyProofs(altered)).not.toContain('ok');
  });
});

function verifyProofs(requests: readonly object[]): string[] {
  const input = requests.map((request) => JSON.stringify(request)).join('\n');
  return execFileSync(VERIFY_PROOFS, { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
    .trim()
    .split('\n');
}
