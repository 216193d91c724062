import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { openCheckpoint } from '../../../core/log/checkpoint.ts';
import { LogReader } from '../../../core/log/log-reader.ts';
import { type Proof, toProofText } from '../../../core/log/proof.ts';
import { continues, verifyProof } from '../../../core/log/verify-proof.ts';
import { type MemoryLogObjects, MemorySigner } from './memory-log.ts';
import { entryAt, key, sealableOf, sealedLog } from './sealed-entries.ts';

async function proofOf({ entries, reader }: Awaited<ReturnType<typeof sealedLog>>, number: number) {
  const entry = entries[number] as LogEntry;
  const proof = await reader.prove(sealableOf(entry, number));
  if (proof === undefined) throw new Error('the entry is not sealed');
  return { entry, proof };
}

describe('LogReader', () => {
  it('proves every entry of a log with several tiles, in at most six reads', async () => {
    const log = await sealedLog([3, 300, 1, 250, 40]);
    for (const number of [0, 2, 3, 255, 256, 302, 303, 304, 500, 593]) {
      let reads = 0;
      const counted = Object.assign(Object.create(log.objects) as MemoryLogObjects, {
        get: (name: string) => {
          reads++;
          return log.objects.get(name);
        },
        // In S3, one listing has a thousand keys.
        list: (prefix: string, after?: string) => log.objects.list(prefix, after),
      });
      const { entry, proof } = await proofOf({ ...log, reader: new LogReader(counted, 'acme', key) }, number);
      expect(await verifyProof(proof, entry, key), `entry ${number}`).toMatchObject({ isValid: true });
      expect(proof).toMatchObject({ index: number, treeSize: 594 });
      expect(reads + 1).toBeLessThanOrEqual(6);
    }
  });

  it('returns nothing for an entry that is not sealed, and for an empty log', async () => {
    const log = await sealedLog([3]);
    expect(await log.reader.prove(sealableOf(entryAt(7), 7))).toBeUndefined();
    expect(await new LogReader(log.objects, 'other', key).prove(sealableOf(entryAt(7), 7))).toBeUndefined();
  });

  it('proves that each size of the log continues the sizes before it', async () => {
    const { reader, objects } = await sealedLog([3, 300, 1]);
    const head = await reader.readHead();
    if (head === undefined) throw new Error('the log has no head');
    const notes = [...objects.objects]
      .filter(([name]) => name.startsWith('logs/acme/batches/'))
      .map(([, bytes]) => JSON.parse(Buffer.from(bytes).toString()).checkpoint as string);
    const checkpoints = await Promise.all(notes.map((note) => openCheckpoint(note, key)));
    for (const earlier of checkpoints) {
      for (const later of checkpoints) {
        if (!earlier || !later || earlier.size > later.size) continue;
        const proof = await reader.proveConsistency(earlier.size, later.size, head);
        expect(continues(earlier, later, proof)).toBe(true);
        const forged = { ...later, root: Uint8Array.from(later.root, (byte) => byte ^ 1) };
        expect(continues(earlier, forged, proof)).toBe(false);
      }
    }
  });

  it('fails when the head is not signed by the key', async () => {
    const { objects } = await sealedLog([3]);
    const other = { ...key, publicKey: await new MemorySigner(9).publicKey() };
    await expect(new LogReader(objects, 'acme', other).readHead()).rejects.toThrow('not signed');
  });
});

describe('verifyProof', async () => {
  const log = await sealedLog([5, 2]);
  const { entry, proof } = await proofOf(log, 3);

  const stepOf = async (changedProof: Proof, changedEntry: LogEntry = entry) => {
    const verdict = await verifyProof(changedProof, changedEntry, key);
    return verdict.isValid ? 'valid' : verdict.step;
  };

  it('names the entry when any of its fields differs', async () => {
    const changes: Partial<LogEntry>[] = [
      { role: 'Other' },
      { recordedAt: '2026-01-01T00:00:00.000Z' },
      { verdict: 'VIOLATION' },
      { after: { changed: true } },
      { expiresAt: 1_900_000_000 },
      { changeCount: 99 },
    ];
    for (const change of changes) expect(await stepOf(proof, { ...entry, ...change })).toBe('entry');
  });

  it('names the step that fails', async () => {
    const other = (await proofOf(log, 4)).proof;
    expect(await stepOf({ ...proof, committed: other.committed })).toBe('entry');
    expect(await stepOf({ ...proof, nonce: other.nonce })).toBe('commitment');
    expect(await stepOf({ ...proof, leaf: other.leaf })).toBe('commitment');
    expect(await stepOf({ ...proof, index: 4 })).toBe('inclusion');
    expect(await stepOf({ ...proof, treeSize: 6 })).toBe('inclusion');
    expect(await stepOf({ ...proof, hashes: proof.hashes.slice(1) })).toBe('inclusion');
    expect(await stepOf({ ...proof, checkpoint: proof.checkpoint.replace('\n7\n', '\n8\n') })).toBe(
      'signature',
    );
    expect(await stepOf(proof)).toBe('valid');
  });
});

describe('toProofText', () => {
  it('has the form of tlog-proof, with the nonce and the text as extra data', async () => {
    const { proof } = await proofOf(await sealedLog([3]), 1);
    const [first, extra = '', index, ...rest] = toProofText(proof).split('\n');
    expect([first, index]).toEqual(['c2sp.org/tlog-proof@v1', 'index 1']);
    expect(JSON.parse(Buffer.from(extra.replace('extra ', ''), 'base64').toString())).toEqual({
      nonce: proof.nonce,
      committed: proof.committed,
    });
    expect(rest.join('\n')).toBe([...proof.hashes, '', proof.checkpoint].join('\n'));
  });
});
