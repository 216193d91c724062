// The local stack with two witnesses, one of which is down: entries are sealed and cosigned, and verified on the command
// line with the key of the witness.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCosignedCheckpoint } from '../../core/log/cosignature.ts';
import { type NoteKey, readVerifierKey } from '../../core/log/signed-note.ts';
import { synthesize } from '../../local/synthesize.ts';
import { runCli } from '../cli/run-cli.ts';
import { MemoryWitness } from '../core/log/memory-witness.ts';
import { goodSampleNames, sampleFile } from '../support/fixtures.ts';
import { Harness } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'request-logs-witness-'));

/** The local stack seals and requests cosignatures every five seconds. */
const cosignedWithinMillis = 40_000;

describe('the local stack with witnesses', () => {
  const witness = new MemoryWitness();
  const down = new MemoryWitness('down.example.com', 12);
  let harness: Harness;
  let server: Awaited<ReturnType<MemoryWitness['listen']>>;
  let logKey: NoteKey;

  const read = async (name: string) => {
    const headers = { authorization: `Bearer ${await harness.stack.token('admin')}` };
    return (await fetch(`${harness.stack.url}/request-logs/log/${name}`, { headers })).text();
  };

  beforeAll(async () => {
    server = await witness.listen();
    const configPath = join(folder, 'config.json');
    const local = JSON.parse(readFileSync('config/local.json', 'utf8'));
    const witnesses = [
      { url: server.url, publicKey: witness.verifierKey },
      { url: 'http://localhost:1', publicKey: down.verifierKey },
    ];
    writeFileSync(configPath, JSON.stringify({ ...local, witnesses }));
    const assembly = await synthesize({ outDir: join(folder, 'cdk.out'), configPath });
    harness = await Harness.start({ assembly });
    const key = readVerifierKey((await read('key')).trim());
    if (key === undefined) throw new Error('the API returned no verifier key');
    logKey = key;
    witness.trust(key);
    await harness.emit(goodSampleNames.map(sampleFile));
  }, 120_000);
  afterAll(async () => {
    await harness.stop();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps the cosignature of the witness that answers on the checkpoint and in the proofs', async () => {
    const open = async (note: string) => (await openCosignedCheckpoint(note, logKey, witness.key))?.size;
    await expect
      .poll(async () => open(await read('checkpoint')), { timeout: cosignedWithinMillis, interval: 500 })
      .toBeGreaterThan(0);
    const { witnesses } = JSON.parse(await read('witnesses'));
    expect(witnesses).toEqual([
      { key: witness.verifierKey, checkpoint: expect.any(String) },
      { key: down.verifierKey, checkpoint: null },
    ]);
    expect(await open(witnesses[0].checkpoint)).toBeGreaterThan(0);
    const [entry] = (await harness.get('/request-logs')).body.items;
    const proof = await harness.get(`/request-logs/${entry.id}/proof`);
    expect(await open(proof.body.checkpoint)).toBeGreaterThan(0);
  });

  it('verifies on the command line with the key of the witness, and fails with that of the one that is down', async () => {
    const verify = (key: string) =>
      runCli(['verify', '--url', harness.stack.url, '--state', join(folder, 'state'), '--witness', key]);
    const verified = await verify(witness.verifierKey);
    expect([verified.exitCode, verified.stderr]).toEqual([0, '']);
    expect(verified.stdout).toMatch(
      /The log continues the checkpoint that witness\.example\.com cosigned at 20/,
    );
    const missing = await verify(down.verifierKey);
    expect([missing.exitCode, missing.stderr]).toEqual([
      1,
      expect.stringContaining('the witness down.example.com has cosigned no checkpoint of the log'),
    ]);
  });

  it('refuses the witnesses to callers whose accounts are limited', async () => {
    const { status } = await harness.get('/request-logs/log/witnesses', { persona: 'account-operator' });
    expect(status).toBe(403);
  });

  it('says in the log that a witness cannot be reached, and that another one refuses', async () => {
    expect(harness.logs()).toContain('could not be reached: no connection');
    for (const origin of witness.cosigned.keys()) {
      witness.cosigned.set(origin, { size: 10_000, root: new Uint8Array(32) });
    }
    await harness.emit(goodSampleNames.slice(0, 1).map(renamed));
    await expect
      .poll(() => harness.logs(), { timeout: cosignedWithinMillis, interval: 500 })
      .toContain('a witness refused a checkpoint');
  });
});

/** A sample with another ID, so that it is a new event. */
function renamed(name: string): object {
  const event = JSON.parse(readFileSync(sampleFile(name), 'utf8'));
  return { ...event, id: randomUUID(), detail: { ...event.detail, eventId: 'another-event' } };
}
