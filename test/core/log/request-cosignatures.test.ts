import { beforeEach, describe, expect, it } from 'vitest';
import { originOf } from '../../../core/log/checkpoint.ts';
import { openCosignedCheckpoint } from '../../../core/log/cosignature.ts';
import { readCosignatureRecord } from '../../../core/log/cosignature-record.ts';
import type { WitnessAnswer } from '../../../core/log/ports.ts';
import { requestCosignatures } from '../../../core/log/request-cosignatures.ts';
import { makeEntry } from '../../support/entries.ts';
import { MemoryWitness } from './memory-witness.ts';
import { RecordedLog } from './recorded-log.ts';

const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };
const organizations = ['acme', 'globex'];

describe('requestCosignatures', () => {
  let log: RecordedLog;
  let witness: MemoryWitness;
  let other: MemoryWitness;
  let count: number;

  beforeEach(async () => {
    log = new RecordedLog();
    witness = new MemoryWitness();
    other = new MemoryWitness('other.example.com', 12);
    count = 0;
    for (const organizationId of organizations) {
      for (const one of [witness, other]) one.trust(await log.key(organizationId));
    }
    await grow(3);
  });

  /** Seals more entries of every organization. */
  async function grow(entries: number): Promise<void> {
    for (let each = 0; each < entries; each++) {
      count++;
      await log.record(
        organizations.map((organizationId) => makeEntry({ eventId: `event-${count}`, organizationId })),
      );
    }
    await log.seal();
  }

  async function run(witnesses = [witness]) {
    const ports = {
      objects: log.objects,
      client: {
        addCheckpoint: (url: string, body: string) =>
          witnesses[Number(url)]?.addCheckpoint(url, body) ?? Promise.reject(new Error(url)),
      },
      publicKey: async () => (await log.key()).publicKey,
      now: () => log.now,
    };
    const options = {
      identity,
      witnesses: witnesses.map(({ key }, index) => ({ url: String(index), key })),
      untilMillis: Number.POSITIVE_INFINITY,
    };
    return requestCosignatures(ports, options);
  }

  const cosignedSizes = async (organizationId: string) => {
    const { witnesses } = await readCosignatureRecord(log.objects, organizationId);
    return Promise.all(
      witnesses.map(async ({ key, size, checkpoint }) => {
        const of = key === witness.verifierKey ? witness : other;
        const opened = await openCosignedCheckpoint(checkpoint, await log.key(organizationId), of.key);
        expect(opened?.size).toBe(size);
        return size;
      }),
    );
  };

  it('has every log cosigned by every witness, and asks for nothing that is cosigned', async () => {
    const nothing = { status: 'done', cosigned: 0, refused: [], failed: [] };
    expect(await run([witness, other])).toEqual({ ...nothing, cosigned: 4 });
    expect(await run([witness, other])).toEqual(nothing);
    await grow(4);
    expect(await run([witness, other])).toMatchObject({ status: 'done', cosigned: 4 });
    for (const organizationId of organizations) expect(await cosignedSizes(organizationId)).toEqual([7, 7]);
    expect(witness.received).toHaveLength(4);
    expect(witness.received.at(-1)).toMatch(/^old 3\n(.{44}\n){2,5}\nrequest-logs\.mayaops\//);
  });

  it('asks the witness for its size when the record was lost, and proves from there', async () => {
    await run();
    await grow(300);
    for (const organizationId of organizations) log.objects.objects.delete(`cosignatures/${organizationId}`);
    witness.received.length = 0;
    expect(await run()).toMatchObject({ status: 'done', cosigned: 2 });
    expect(witness.received.map((body) => body.split('\n')[0]).sort()).toEqual([
      'old 0',
      'old 0',
      'old 3',
      'old 3',
    ]);
    expect(await cosignedSizes('acme')).toEqual([303]);
  });

  it('gets the cosignature again when the record of the same size was lost', async () => {
    await run();
    log.objects.objects.delete('cosignatures/acme');
    expect(await run()).toMatchObject({ status: 'done', cosigned: 1 });
    expect(await cosignedSizes('acme')).toEqual([3]);
  });

  it('reports a log that does not continue what the witness cosigned: rewritten, shorter, or of the same size', async () => {
    await run();
    const cosigned = new Map(witness.cosigned);
    const lost = (problem: object) => ({
      organizationId: 'acme',
      witness: 'witness.example.com',
      ...problem,
    });
    const acme = originOf(identity, 'acme');
    const root = new Uint8Array(32);
    for (const [size, reason] of [
      [2, 'does not accept that the log continues what it cosigned'],
      [3, 'cosigned another log with 3 leaves'],
      [9, 'cosigned 9 leaves, but the log has only 3'],
    ] as const) {
      witness.cosigned.clear();
      for (const [origin, checkpoint] of cosigned) witness.cosigned.set(origin, checkpoint);
      witness.cosigned.set(acme, { size, root });
      log.objects.objects.delete('cosignatures/acme');
      const report = await run();
      expect(report).toMatchObject({ status: 'incomplete', cosigned: 0, failed: [] });
      expect(report.refused).toEqual([lost({ reason })]);
    }
  });

  it('reports a log that is shorter than the checkpoint that it kept itself, without asking', async () => {
    const before = new Map(log.objects.objects);
    await grow(4);
    await run();
    for (const [key, bytes] of before) log.objects.objects.set(key, bytes);
    witness.received.length = 0;
    const report = await run();
    expect(report.refused.map(({ reason }) => reason)).toEqual([
      'cosigned 7 leaves, but the log has only 3',
      'cosigned 7 leaves, but the log has only 3',
    ]);
    expect(witness.received).toEqual([]);
  });

  it.each<[string, WitnessAnswer, string]>([
    ['does not know the log', { status: 404, body: 'x' }, 'does not know the origin of the log'],
    ['does not know the key', { status: 403, body: 'x' }, 'does not know the key of the log'],
    ['fails', { status: 503, body: '<script>' }, 'answered HTTP 503'],
    ['redirects', { status: 302, body: '' }, 'answered HTTP 302'],
    ['answers nothing', { status: 200, body: '' }, 'answered without a valid cosignature of its key'],
    [
      'answers noise',
      { status: 200, body: '\u0000— x\n\n\n' },
      'answered without a valid cosignature of its key',
    ],
    [
      'answers a conflict without a size',
      { status: 409, body: '1e3\n' },
      'answered a conflict without its size',
    ],
    ['repeats the size that was sent', { status: 409, body: '0\n' }, 'answered a conflict without its size'],
    ['is unreachable', { status: 'unreachable', reason: 'timeout' }, 'could not be reached: timeout'],
  ])('keeps no cosignature, and the others, when a witness %s', async (_, answer, reason) => {
    witness.override = () => answer;
    const report = await run([witness, other]);
    expect(report).toMatchObject({ status: 'incomplete', cosigned: 2, refused: [] });
    expect(report.failed).toHaveLength(2);
    expect(report.failed[0]).toMatchObject({ witness: 'witness.example.com', reason });
    expect(await cosignedSizes('acme')).toEqual([3]);
    witness.override = undefined;
    expect(await run([witness, other])).toMatchObject({ status: 'done', cosigned: 2 });
  });

  it('asks a witness that is unreachable once in a run', async () => {
    witness.override = () => ({ status: 'unreachable', reason: 'no connection' });
    const many = Array.from({ length: 20 }, (_, number) =>
      makeEntry({ eventId: 'x', organizationId: `o-${number}` }),
    );
    await log.record(many);
    await log.seal();
    const report = await run();
    expect(report.failed).toHaveLength(22);
    // Eight logs are worked on at the same time.
    expect(witness.received.length).toBeLessThanOrEqual(8);
  });

  it('keeps no cosignature of another key or another checkpoint', async () => {
    const forger = new MemoryWitness('witness.example.com', 99);
    const wrong = [
      (text: string) => forger.cosign(text),
      (text: string) => other.cosign(text),
      (text: string) => witness.cosign(text.replace('\n3\n', '\n4\n')),
      (text: string) => witness.cosign(text) + witness.cosign(`${text}x\n`),
    ];
    for (const cosign of wrong) {
      witness.override = (body) => ({ status: 200, body: cosign(`${body.split('\n\n')[1]}\n`) });
      expect(await run()).toMatchObject({ cosigned: 0, refused: [] });
      expect(log.objects.objects.has('cosignatures/acme')).toBe(false);
    }
    witness.override = (body) => {
      const text = `${body.split('\n\n')[1]}\n`;
      return { status: 200, body: `${other.cosign(text)}${witness.cosign(text)}— malformed\n` };
    };
    expect(await run()).toMatchObject({ status: 'done', cosigned: 2 });
    expect((await readCosignatureRecord(log.objects, 'acme')).witnesses[0]?.checkpoint).not.toContain(
      'other',
    );
  });

  it('works on the other logs when one contradicts itself', async () => {
    log.objects.objects.set('logs/acme/head', Buffer.from('{}'));
    const report = await run();
    expect(report).toMatchObject({ status: 'incomplete', cosigned: 1, refused: [] });
    expect(report.failed).toMatchObject([{ organizationId: 'acme' }]);
    expect(await cosignedSizes('globex')).toEqual([3]);
  });

  it('writes nothing but the record of cosignatures', async () => {
    const before = new Map(log.objects.objects);
    await run();
    const changed = [...log.objects.objects].filter(([key, bytes]) => before.get(key) !== bytes);
    expect(changed.map(([key]) => key).sort()).toEqual(['cosignatures/acme', 'cosignatures/globex']);
  });
});
