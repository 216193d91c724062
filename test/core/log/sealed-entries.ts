// A sealed log of entries in memory, for tests of proofs.
import { toCommittedText } from '../../../core/entry/committed-text.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { originOf } from '../../../core/log/checkpoint.ts';
import { LogReader } from '../../../core/log/log-reader.ts';
import { seal } from '../../../core/log/sealer.ts';
import { makeEntry } from '../../support/entries.ts';
import { MemoryLogObjects, MemorySequencer, MemorySigner, MemoryTable } from './memory-log.ts';

const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };
export const key = { name: originOf(identity, 'acme'), publicKey: await new MemorySigner().publicKey() };

/** The entry with this number. */
export function entryAt(number: number): LogEntry {
  return makeEntry({ eventId: `evt-${number}`, organizationId: 'acme' });
}

export const sealableOf = (entry: LogEntry, number: number) => ({
  kind: 'entry' as const,
  entryId: entry.id,
  organizationId: 'acme',
  recordedAtMillis: 1_800_000_000_000 + number * 1000,
  nonce: new Uint8Array(16).fill(number % 256),
  text: toCommittedText(entry, entry),
  ...(entry.expiresAt === undefined ? {} : { expiresAt: entry.expiresAt }),
});

/** A log in which entries are sealed in batches of these sizes. Entries are numbered from `first`. */
export async function sealedLog(batches: readonly number[], first = 0) {
  const [objects, sequencer, signer, table] = [
    new MemoryLogObjects(),
    new MemorySequencer(),
    new MemorySigner(),
    new MemoryTable(),
  ];
  const entries: LogEntry[] = [];
  for (const count of batches) {
    for (let each = 0; each < count; each++) {
      table.insert({ pk: `acme#${entries.length}`, number: entries.length });
      entries.push(entryAt(first + entries.length));
    }
    const now = () => 1_800_000_000_000 + entries.length * 1000;
    const describeItem = ({ number }: { readonly number?: unknown }) =>
      sealableOf(entries[Number(number)] as LogEntry, Number(number));
    const ports = { objects, sequencer, signer, stream: table, entries: table, describe: describeItem, now };
    const options = { identity, holder: 'test', leaseMillis: 1, batchRecords: 5000, untilMillis: Infinity };
    await seal(ports, options);
  }
  return { objects, entries, reader: new LogReader(objects, 'acme', key) };
}
