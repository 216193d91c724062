// Cosignatures of omniwitness, a witness that is not ours, on logs that the sealer wrote.
import { type ChildProcess, spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey, hash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCosignedCheckpoint } from '../../core/log/cosignature.ts';
import { readCosignatureRecord } from '../../core/log/cosignature-record.ts';
import { requestCosignatures } from '../../core/log/request-cosignatures.ts';
import { toVerifierKey } from '../../core/log/signed-note.ts';
import { findFreePort } from '../../local/shared/free-port.ts';
import { httpWitnessClient } from '../../store/http-witness-client.ts';
import { RecordedLog } from '../core/log/recorded-log.ts';
import { makeEntry } from '../support/entries.ts';

const { OMNIWITNESS = '' } = process.env;
const name = 'witness.example.com';
const seed = randomBytes(32);
const folder = mkdtempSync(join(tmpdir(), 'request-logs-witness-'));

/** The public key of the witness. */
function publicKey(): Uint8Array {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(-32));
}

/** The private key in the format of Go's `note` package. */
function signerKey(): string {
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([1]), publicKey()]);
  const keyId = hash('sha256', named, 'hex').slice(0, 8);
  return `PRIVATE+KEY+${name}+${keyId}+${Buffer.concat([Buffer.from([1]), seed]).toString('base64')}`;
}

describe.skipIf(OMNIWITNESS === '')('omniwitness', () => {
  let witness: ChildProcess;
  let url: string;
  const log = new RecordedLog();

  beforeAll(async () => {
    const [port, metricsPort] = [await findFreePort(), await findFreePort()];
    url = `http://localhost:${port}`;
    const logs = await Promise.all(
      ['acme', 'globex'].map(async (organizationId) => {
        const key = await log.key(organizationId);
        return `  - Origin: ${key.name}\n    PublicKey: ${toVerifierKey(key)}\n    URL: http://localhost:1/\n`;
      }),
    );
    const [keyFile, logsFile] = [join(folder, 'key'), join(folder, 'logs.yaml')];
    writeFileSync(keyFile, signerKey());
    writeFileSync(logsFile, `Logs:\n${logs.join('')}`);
    const args = [
      `--private_key_path=${keyFile}`,
      `--additional_logs=${logsFile}`,
      `--listen=127.0.0.1:${port}`,
      `--metrics_listen=127.0.0.1:${metricsPort}`,
    ];
    // It has public logs in its configuration, which it would follow. The proxy keeps it on this machine.
    const noNetwork = 'http://127.0.0.1:1';
    const env = { PATH: process.env.PATH, HOME: folder, HTTP_PROXY: noNetwork, HTTPS_PROXY: noNetwork };
    witness = spawn(OMNIWITNESS, args, { cwd: folder, env, stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries++) {
      if ((await httpWitnessClient.addCheckpoint(url, '')).status !== 'unreachable') break;
      await sleep(100);
    }
  }, 30_000);
  afterAll(() => {
    witness.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  let count = 0;

  async function seal(of: RecordedLog, entries: number): Promise<void> {
    const recorded = Array.from({ length: entries }, () => {
      count++;
      return ['acme', 'globex'].map((organizationId) =>
        makeEntry({ eventId: `event-${count}`, organizationId }),
      );
    });
    await of.record(recorded.flat());
    await of.seal();
  }

  async function request(of: RecordedLog) {
    const ports = {
      objects: of.objects,
      client: httpWitnessClient,
      publicKey: async () => (await of.key()).publicKey,
      now: Date.now,
    };
    const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };
    const witnesses = [{ url, key: { name, publicKey: publicKey() } }];
    return requestCosignatures(ports, { identity, witnesses, untilMillis: Number.POSITIVE_INFINITY });
  }

  it('cosigns a log that grows, with consistency proofs over several sizes', async () => {
    let size = 0;
    for (const entries of [1, 2, 255, 1, 300]) {
      await seal(log, entries);
      size += entries;
      expect(await request(log)).toEqual({ status: 'done', cosigned: 2, refused: [], failed: [] });
      const { witnesses } = await readCosignatureRecord(log.objects, 'acme');
      const key = { name, publicKey: publicKey() };
      const opened = await openCosignedCheckpoint(witnesses[0]?.checkpoint ?? '', await log.key(), key);
      expect(opened?.size).toBe(size);
      expect(Math.abs((opened?.cosignedAtMillis ?? 0) - Date.now())).toBeLessThan(60_000);
    }
  });

  it('answers its size when the record of cosignatures was lost, and cosigns the proof from there', async () => {
    await seal(log, 5);
    log.objects.objects.delete('cosignatures/acme');
    expect(await request(log)).toMatchObject({ status: 'done', cosigned: 2 });
    log.objects.objects.delete('cosignatures/globex');
    expect(await request(log)).toMatchObject({ status: 'done', cosigned: 1 });
  });

  it('refuses a log that was rewritten, of another size and of the same size, and one that was cut', async () => {
    const cosigned = count;
    for (const size of [cosigned + 7, cosigned, cosigned - 20]) {
      const forged = new RecordedLog();
      await seal(forged, size);
      const report = await request(forged);
      expect(report).toMatchObject({ status: 'incomplete', cosigned: 0, failed: [] });
      expect(report.refused, `size ${size}`).toHaveLength(2);
    }
    await seal(log, 1);
    expect(await request(log)).toMatchObject({ status: 'done', cosigned: 2 });
  });

  it('does not know a log that is not registered', async () => {
    await log.record([makeEntry({ eventId: 'new', organizationId: 'initech' })]);
    await log.seal();
    const { failed } = await request(log);
    const reason = 'does not know the origin of the log';
    expect(failed).toEqual([{ organizationId: 'initech', witness: name, reason }]);
  });
});
