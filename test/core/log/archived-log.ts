// A sealed log of entries in memory whose batches are archived, and a reader of its archive.
import { gunzipSync } from 'node:zlib';
import { timeOf } from '../../../core/entry/entry-id.ts';
import { expiryOf } from '../../../core/entry/retention.ts';
import { readArchiveKey } from '../../../core/log/archive-keys.ts';
import { type ArchivedLeaf, readArchiveLine } from '../../../core/log/archive-line.ts';
import { type ArchiverOptions, archive } from '../../../core/log/archiver.ts';
import { seal } from '../../../core/log/sealer.ts';
import { parquetColumnFiles } from '../../../store/parquet-column-files.ts';
import { MemoryLogObjects, MemorySequencer, MemorySigner, MemoryTable } from './memory-log.ts';
import { entryAt, sealableOf } from './sealed-entries.ts';

const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };

export async function archivedLog({ retentionDays }: { readonly retentionDays: number | undefined }) {
  const objects = new MemoryLogObjects();
  const [sequencer, signer, table] = [new MemorySequencer(), new MemorySigner(), new MemoryTable()];
  let count = 0;
  return {
    objects,
    /** Seals this number of new entries in one batch. */
    seal: async (entries: number, nowMillis: number) => {
      for (let each = 0; each < entries; each++) table.insert({ pk: `acme#${count}`, number: count++ });
      const describeItem = ({ number }: { readonly number?: unknown }) => {
        const entry = entryAt(Number(number));
        const expiresAt = expiryOf(timeOf(entry.id), retentionDays);
        return sealableOf({ ...entry, expiresAt }, Number(number));
      };
      await seal(
        {
          objects,
          sequencer,
          signer,
          stream: table,
          entries: table,
          describe: describeItem,
          now: () => nowMillis,
        },
        { identity, holder: 'test', leaseMillis: 1, batchRecords: 5000, untilMillis: Infinity },
      );
    },
    archive: (nowMillis: number, options: Partial<ArchiverOptions> = {}) =>
      archive(
        { objects, sequencer, columns: parquetColumnFiles, now: () => nowMillis },
        { intervalMillis: 3_600_000, lockDays: 30, untilMillis: Infinity, ...options },
      ),
    archivedKeys: () => [...objects.objects.keys()].filter((key) => readArchiveKey(key) !== undefined).sort(),
    indexesIn: (key: string) => linesOf(objects, key).map(({ index }) => index),
  };
}

function linesOf(objects: MemoryLogObjects, key: string): ArchivedLeaf[] {
  const text = gunzipSync(objects.objects.get(key) ?? new Uint8Array()).toString();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const leaf = readArchiveLine(line);
      if (leaf === undefined) throw new Error(`${key} has a malformed line`);
      return leaf;
    });
}

/** The archived entries of an organization, in the order of keys and lines. */
export async function readArchivedLeaves(
  objects: MemoryLogObjects,
  organizationId: string,
): Promise<ArchivedLeaf[]> {
  const keys = [...objects.objects.keys()].sort().filter((key) => {
    const object = readArchiveKey(key);
    return object?.kind === 'entries' && object.organizationId === organizationId;
  });
  return keys.flatMap((key) => linesOf(objects, key));
}
