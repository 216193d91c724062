// Entries in memory whose stream is sealed, for tests that read them in the order of the log.
import type { LogEntry } from '../../../core/entry/entry.ts';
import { originOf } from '../../../core/log/checkpoint.ts';
import { LogReader } from '../../../core/log/log-reader.ts';
import type { RecordedPorts } from '../../../core/log/recorded-scan.ts';
import { type SealerPorts, seal } from '../../../core/log/sealer.ts';
import type { SearchLimits } from '../../../core/search/search.ts';
import { entryKey } from '../../../core/storage/keys.ts';
import { describeItem } from '../../../store/describe-item.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { insertOne } from '../../support/entries.ts';
import { now } from '../../support/fixtures.ts';
import { generousLimits } from '../../support/search.ts';
import { MemoryLogObjects, MemorySequencer, MemorySigner, MemoryTable } from './memory-log.ts';

const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };

/** What happens to the sealer's ports before a run. */
export type Sabotage = (ports: SealerPorts) => SealerPorts;

export class RecordedLog {
  readonly store = new MemoryEntryStore();
  readonly table = new MemoryTable();
  readonly objects = new MemoryLogObjects();
  readonly signer = new MemorySigner();
  readonly sequencer = new MemorySequencer();
  limits: SearchLimits = generousLimits;
  now = now;
  #runs = 0;

  /** Inserts the entries, as the recorder does. */
  async record(entries: readonly LogEntry[]): Promise<void> {
    for (const entry of entries) {
      await insertOne(this.store, entry);
      this.table.insert(this.#itemOf(entry));
    }
  }

  /** Lets the stream report an entry a second time. */
  resend(entry: LogEntry): void {
    const newImage = this.#itemOf(entry);
    this.table.record({ kind: 'INSERT', byTtl: false, newImage }, String(newImage.pk));
  }

  /** Removes an entry, as DynamoDB does when its time has passed. */
  expire(entry: LogEntry): void {
    this.store.items.delete(entryKey(entry.organizationId, entry.id));
    this.table.items.delete(entryKey(entry.organizationId, entry.id));
  }

  /** Seals what was recorded. */
  async seal(sabotage: Sabotage = (ports) => ports, batchRecords = 100): Promise<void> {
    this.#runs++;
    this.now += 1000;
    const ports = {
      objects: this.objects,
      sequencer: this.sequencer,
      signer: this.signer,
      stream: this.table,
      entries: this.table,
      describe: describeItem,
      now: () => this.now,
    };
    const holder = `run ${this.#runs}`;
    const options = { identity, holder, leaseMillis: 1, batchRecords, untilMillis: Number.POSITIVE_INFINITY };
    await seal(sabotage(ports), options);
  }

  async reader(organizationId: string): Promise<LogReader> {
    return new LogReader(this.objects, organizationId, await this.key(organizationId));
  }

  async key(organizationId = 'acme') {
    return { name: originOf(identity, organizationId), publicKey: await this.signer.publicKey() };
  }

  get ports(): RecordedPorts & { readonly limits: SearchLimits; readonly details: MemoryEntryStore } {
    return {
      openLog: (organizationId) => this.reader(organizationId),
      details: this.store,
      limits: this.limits,
      now: () => this.now,
    };
  }

  #itemOf(entry: LogEntry) {
    const item = this.store.items.get(entryKey(entry.organizationId, entry.id));
    if (item === undefined) throw new Error(`the entry ${entry.id} is not stored`);
    return item;
  }
}
