// Ports of summaries: an in-memory store, and a sealed log of which the segments can be behind.
import type { SummaryPorts } from '../../../core/counts/summarize-log.ts';
import { toCommittedText } from '../../../core/entry/committed-text.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { indexCounts } from '../../../core/log/index-counts.ts';
import { seal } from '../../../core/log/sealer.ts';
import { type MemoryPorts, memoryPorts } from '../../support/search.ts';
import { MemoryLogObjects, MemorySequencer, MemorySigner, MemoryTable } from '../log/memory-log.ts';

const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };

/** Ports over an in-memory store with the entries, and a sealed log without any. */
export async function summaryPorts(
  entries: readonly LogEntry[],
  options?: Parameters<typeof memoryPorts>[1],
): Promise<MemoryPorts & SummaryPorts> {
  return { ...(await memoryPorts(entries, options)), countObjects: new MemoryLogObjects() };
}

/** A sealed log in memory. */
export class SealedLog {
  readonly objects = new MemoryLogObjects();
  readonly #sequencer = new MemorySequencer();
  readonly #signer = new MemorySigner();
  readonly #table = new MemoryTable();
  readonly #entries = new Map<string, LogEntry>();

  /** Seals the entries in one batch. */
  async seal(entries: readonly LogEntry[], nowMillis: number): Promise<void> {
    for (const entry of entries) {
      const pk = `${entry.organizationId}#${entry.id}`;
      this.#entries.set(pk, entry);
      this.#table.insert({ pk });
    }
    const describeItem = ({ pk }: { readonly pk?: unknown }) => {
      const entry = this.#entries.get(String(pk));
      return (
        entry && {
          kind: 'entry' as const,
          entryId: entry.id,
          organizationId: entry.organizationId,
          recordedAtMillis: Date.parse(entry.recordedAt),
          nonce: new Uint8Array(16),
          text: toCommittedText(entry, entry),
          ...(entry.expiresAt !== undefined && { expiresAt: entry.expiresAt }),
        }
      );
    };
    await seal(
      {
        objects: this.objects,
        sequencer: this.#sequencer,
        signer: this.#signer,
        stream: this.#table,
        entries: this.#table,
        describe: describeItem,
        now: () => nowMillis,
      },
      {
        identity,
        holder: 'test',
        leaseMillis: 1,
        batchRecords: 100_000,
        untilMillis: Number.POSITIVE_INFINITY,
      },
    );
  }

  /** Adds everything that is sealed to the segments. */
  index(nowMillis: number) {
    return indexCounts(
      { objects: this.objects, sequencer: this.#sequencer, now: () => nowMillis },
      { untilMillis: Number.POSITIVE_INFINITY },
    );
  }
}
