// The sealer: appends what happens to the entries table to the logs of the organizations. It can stop at any point and
// be started again, and two of them at once do no harm: the conditional write of the sequencer item is what decides.
import { type Batch, decodeBatch, encodeBatch } from './batch.ts';
import { buildBatch } from './build-batch.ts';
import { type LogIdentity, originOf } from './checkpoint.ts';
import { logContradicted } from './log-error.ts';
import { stagingKey } from './object-keys.ts';
import type { CheckpointSigner, EntryScan, EntryStream, LogObjects, SequencerStore } from './ports.ts';
import { publishBatch } from './publish-batch.ts';
import { readStream } from './read-stream.ts';
import { type DescribeItem, type LeafSource, toEntrySource, toLeafSource } from './sealable.ts';
import { decodeState, encodeState, initialState, type SequencerState } from './sequencer-state.ts';
import type { NoteKey } from './signed-note.ts';

/**
 * How long the stream can go unread before the table is scanned, 20 hours. The stream keeps records for 24 hours, and
 * does not report that records of a shard expired of which none was read.
 */
const maxUnreadMillis = 20 * 3_600_000;

/** How often the state says until when items are covered. More often would cost a write for each idle run. */
const coverageMillis = 3_600_000;

/** What the sealer works with. */
export interface SealerPorts {
  readonly objects: LogObjects;
  readonly sequencer: SequencerStore;
  readonly signer: CheckpointSigner;
  readonly stream: EntryStream;
  readonly entries: EntryScan;
  readonly describe: DescribeItem;
  readonly now: () => number;
}

export interface SealerOptions {
  readonly identity: LogIdentity;
  /** Names this run, so that it recognizes its own lease. */
  readonly holder: string;
  /** How long the lease lasts: at least as long as the run can take. */
  readonly leaseMillis: number;
  /** How long locked objects cannot be deleted. Absent: no lock. */
  readonly lockDays?: number | undefined;
  /** The maximum number of records in a batch. */
  readonly batchRecords: number;
  /** No batch is started after this time, in epoch milliseconds. */
  readonly untilMillis: number;
}

/** What a run of the sealer did. */
export interface SealReport {
  /**
   * `done`: everything that could be read is sealed. `more`: time ran out. `busy`: another run holds the lease.
   * `overtaken`: another run decided a batch meanwhile.
   */
  readonly status: 'done' | 'more' | 'busy' | 'overtaken';
  readonly batches: number;
  /** Entries and disputes that were sealed. */
  readonly sealed: number;
  /** Leaves that report a modified, removed or foreign item. */
  readonly evidence: number;
  /** Records that were already sealed. */
  readonly duplicates: number;
  /** The longest time between the recording and the sealing of an entry that the stream reported. */
  readonly longestWaitMillis: number;
  /** Whether records of the stream were lost, so that the table is scanned. */
  readonly hasLostRecords: boolean;
}

/**
 * Runs the sealer until everything is sealed or time runs out. Fails with LOG_CONTRADICTED if what is stored does not
 * continue what was decided, and with STORE_UNAVAILABLE; after either, the next run starts where this one stopped.
 */
export async function seal(ports: SealerPorts, options: SealerOptions): Promise<SealReport> {
  return new Sealer(ports, options, await ports.signer.publicKey()).run();
}

class Sealer {
  readonly #ports: SealerPorts;
  readonly #options: SealerOptions;
  readonly #publicKey: Uint8Array;
  readonly #counts = { batches: 0, sealed: 0, evidence: 0, duplicates: 0, longestWaitMillis: 0 };
  #state: SequencerState = initialState;
  #version = 0;
  #hasLostRecords = false;

  constructor(ports: SealerPorts, options: SealerOptions, publicKey: Uint8Array) {
    this.#ports = ports;
    this.#options = options;
    this.#publicKey = publicKey;
  }

  async run(): Promise<SealReport> {
    const item = await this.#ports.sequencer.read();
    if (item !== undefined) {
      this.#state = decodeState(item.value);
      this.#version = item.version;
    }
    const { lease } = this.#state;
    if (
      lease !== undefined &&
      lease.holder !== this.#options.holder &&
      lease.untilMillis > this.#ports.now()
    ) {
      return this.#report('busy');
    }
    const untilMillis = this.#ports.now() + this.#options.leaseMillis;
    const isHeld = await this.#write({
      ...this.#state,
      lease: { holder: this.#options.holder, untilMillis },
    });
    if (!isHeld) return this.#report('busy');
    if (!(await this.#publish())) return this.#report('overtaken');
    let isDone = false;
    while (!isDone && this.#ports.now() < this.#options.untilMillis) {
      const step = await this.#step();
      if (step === 'overtaken') return this.#report('overtaken');
      isDone = step === 'done';
    }
    const { lease: _, ...released } = this.#state;
    return this.#report((await this.#write(released)) ? (isDone ? 'done' : 'more') : 'overtaken');
  }

  /** Seals one batch. */
  async #step(): Promise<'done' | 'more' | 'overtaken'> {
    const { stream, entries, describe } = this.#ports;
    const { batchRecords } = this.#options;
    const startedAtMillis = this.#ports.now();
    const read = await readStream(stream, this.#state.positions, batchRecords);
    const changes = read.records.flatMap(
      (record) => toLeafSource(record, describe, this.#ports.now()) ?? ([] as LeafSource[]),
    );
    const sources: LeafSource[] = [...changes];
    let { scan, coveredUntilMillis = startedAtMillis } = this.#state;
    const uncoveredMillis = startedAtMillis - coveredUntilMillis;
    if (read.hasLostRecords || uncoveredMillis > maxUnreadMillis) {
      this.#hasLostRecords = true;
      scan = {};
      coveredUntilMillis = startedAtMillis;
    } else if (scan !== undefined) {
      const page = await entries.scan(scan.after, batchRecords);
      sources.push(...page.items.map((item) => toEntrySource(item, describe)));
      scan = page.next === undefined ? undefined : { after: page.next };
    }
    if (read.isCaughtUp && uncoveredMillis > coverageMillis) coveredUntilMillis = startedAtMillis;
    const { scan: _, ...rest } = this.#state;
    const next = {
      ...rest,
      positions: read.positions,
      coveredUntilMillis,
      ...(scan === undefined ? {} : { scan }),
    };
    if (!(await this.#decide(sources, next))) return 'overtaken';
    if (!(await this.#publish())) return 'overtaken';
    this.#measureWait(changes);
    return read.isCaughtUp && scan === undefined ? 'done' : 'more';
  }

  /** Decides the batch with these leaves, together with the positions after it. */
  async #decide(sources: readonly LeafSource[], next: SequencerState): Promise<boolean> {
    const last = this.#state.batch;
    const context = {
      objects: this.#ports.objects,
      noteKeyOf: this.#noteKeyOf,
      lastNumber: last?.number ?? 0,
    };
    const { parts, duplicates } = await buildBatch(sources, context);
    if (parts.length === 0) {
      this.#counts.duplicates += duplicates;
      return JSON.stringify(next) === JSON.stringify(this.#state) || this.#write(next);
    }
    const decidedAtMillis = Math.max(this.#ports.now(), (last?.decidedAtMillis ?? 0) + 1);
    const batch: Batch = {
      format: 1,
      number: (last?.number ?? 0) + 1,
      ...(last && { previous: last.sha256 }),
      decidedAtMillis,
      parts: [...parts],
    };
    const { bytes, sha256 } = encodeBatch(batch);
    const key = stagingKey(batch.number, sha256);
    await this.#ports.objects.putNew(key, bytes, { contentType: 'application/json', isTemporary: true });
    const { number } = batch;
    const decided = { ...next, isPublished: false, batch: { number, key, sha256, decidedAtMillis } };
    if (!(await this.#write(decided))) return false;
    const leaves = parts.flatMap((part) => part.leaves);
    const evidence = leaves.filter(({ at }) => at === undefined).length;
    this.#counts.batches++;
    this.#counts.evidence += evidence;
    this.#counts.sealed += leaves.length - evidence;
    this.#counts.duplicates += duplicates;
    return true;
  }

  /** Publishes the last decided batch unless it is published. Returns whether this run can go on. */
  async #publish(): Promise<boolean> {
    const { batch, isPublished } = this.#state;
    if (batch === undefined || isPublished) return true;
    const { objects, signer } = this.#ports;
    const object = await objects.get(batch.key);
    if (object === undefined) throw logContradicted(`the staged batch ${batch.key} is missing`);
    const decided = decodeBatch(object.bytes, batch.sha256, batch.key);
    const { lockDays } = this.#options;
    const isCurrent = async () => (await this.#ports.sequencer.read())?.version === this.#version;
    const context = { objects, signer, noteKeyOf: this.#noteKeyOf, lockDays, isCurrent };
    if (!(await publishBatch(decided, context))) return false;
    this.#state = { ...this.#state, isPublished: true };
    return true;
  }

  async #write(next: SequencerState): Promise<boolean> {
    if ((await this.#ports.sequencer.write(encodeState(next), this.#version)) === 'lost') return false;
    this.#state = next;
    this.#version++;
    return true;
  }

  readonly #noteKeyOf = (organizationId: string): NoteKey => ({
    name: originOf(this.#options.identity, organizationId),
    publicKey: this.#publicKey,
  });

  #measureWait(changes: readonly LeafSource[]): void {
    const now = this.#ports.now();
    for (const { recordedAtMillis = now } of changes) {
      this.#counts.longestWaitMillis = Math.max(this.#counts.longestWaitMillis, now - recordedAtMillis);
    }
  }

  #report(status: SealReport['status']): SealReport {
    return { status, ...this.#counts, hasLostRecords: this.#hasLostRecords };
  }
}
