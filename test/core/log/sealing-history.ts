// Random histories of the sealed log: inserts, tampering, shard splits, lost records, and sealers that run at once and
// are killed at any call. Deterministic for a seed.
import { archive } from '../../../core/log/archiver.ts';
import { type LogIdentity, originOf, readCheckpointText } from '../../../core/log/checkpoint.ts';
import { readLeaf, toLeaf } from '../../../core/log/leaf.ts';
import { LeafLocator } from '../../../core/log/locate-leaf.ts';
import type { ItemImage } from '../../../core/log/ports.ts';
import { readOrder } from '../../../core/log/read-order.ts';
import { type SealerPorts, type SealReport, seal } from '../../../core/log/sealer.ts';
import { parquetColumnFiles } from '../../../store/parquet-column-files.ts';
import {
  describeMemoryItem,
  MemoryLogObjects,
  MemorySequencer,
  MemorySigner,
  MemoryTable,
} from './memory-log.ts';
import { readWholeLog } from './read-whole-log.ts';

export const identity: LogIdentity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };
const organizations = ['acme', 'globex'];

/** A pseudorandom number generator (mulberry32). */
export function randomOf(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

class Killed extends Error {}

/** Lets one of several runs continue at a time, in random order, and kills some. */
class Scheduler {
  readonly #random: (limit: number) => number;
  readonly #waiting: (() => void)[] = [];

  constructor(random: (limit: number) => number) {
    this.#random = random;
  }

  turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Runs until all work is done. */
  async drain(work: readonly Promise<unknown>[]): Promise<void> {
    let isDone = false;
    const all = Promise.allSettled(work).then(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = this.#waiting.splice(this.#random(this.#waiting.length || 1), 1);
      next?.();
    }
    await all;
  }
}

/** Changes the ports of a history, to show that its checks can fail. */
export type Sabotage = (ports: SealerPorts) => SealerPorts;

export class SealingHistory {
  readonly objects = new MemoryLogObjects();
  readonly sequencer = new MemorySequencer();
  readonly signer = new MemorySigner();
  readonly table: MemoryTable;
  readonly random: (limit: number) => number;
  readonly inserted: ItemImage[] = [];
  evidence = 0;
  now = 1_800_000_000_000;
  /** Whether records can be lost. Then nothing is tampered with, because its evidence would be lost too. */
  readonly losesRecords: boolean;
  readonly #sabotage: Sabotage;
  #runs = 0;

  constructor(seed: number, losesRecords = false, sabotage: Sabotage = (ports) => ports) {
    this.random = randomOf(seed);
    this.losesRecords = losesRecords;
    this.table = new MemoryTable(1 + this.random(3));
    this.#sabotage = sabotage;
  }

  /** One random thing that happens to the table. */
  happen(): void {
    this.now += this.random(3) === 0 ? this.random(60_000) : this.random(50);
    const what = this.random(40);
    const known = this.inserted[this.random(this.inserted.length || 1)];
    if (what < 30 || known === undefined) this.#insert();
    else if (what < 32) this.table.split(this.random(9), this.random(2) === 0 ? 1 : 2);
    else if (what < 34)
      this.table.record({ kind: 'INSERT', byTtl: false, newImage: known }, String(known.pk));
    else if (this.losesRecords) what < 38 ? this.#insert() : this.#expireRecords();
    else if (what === 34 && this.table.items.has(String(known.pk))) {
      this.table.modify({ ...known, text: `${known.text} changed` });
      this.table.items.set(String(known.pk), known);
      this.evidence++;
    } else if (what === 35 && this.table.items.has(String(known.pk))) {
      this.table.remove(String(known.pk));
      this.evidence++;
    } else this.#insert();
  }

  /** No sealer runs for so long that the stream forgets what it had. */
  #expireRecords(): void {
    this.now += 24 * 3_600_000;
    this.table.expireRecords();
  }

  #insert(): void {
    const organization = organizations[this.random(organizations.length)];
    const count = this.random(40) === 0 ? 300 : 1 + this.random(4);
    for (let each = 0; each < count; each++) {
      const number = this.inserted.length;
      const at = this.now - (this.random(5) === 0 ? this.random(90_000) : this.random(40));
      const item = { pk: `${organization}#${number}`, text: `entry ${number}`, at };
      this.inserted.push(item);
      this.table.insert(item);
    }
  }

  /** Starts sealers at once, most of which are killed, and waits for all of them. */
  async runSealers(count: number, killOneIn: number): Promise<void> {
    const scheduler = new Scheduler(this.random);
    await scheduler.drain(
      Array.from({ length: count }, () => this.run(scheduler, killOneIn).catch(ignoreKill)),
    );
  }

  /** Runs one sealer. Its lease is short, so that others do not wait for it. */
  run(scheduler?: Scheduler, killOneIn = 0): Promise<SealReport> {
    this.#runs++;
    const guard = this.#guard(scheduler, killOneIn);
    const ports = this.#sabotage({
      objects: this.objects,
      sequencer: this.sequencer,
      signer: this.signer,
      stream: this.table,
      entries: this.table,
      describe: describeMemoryItem,
      now: () => this.now,
    });
    const guarded = {
      ...ports,
      objects: guard(ports.objects),
      sequencer: guard(ports.sequencer),
      signer: guard(ports.signer),
      stream: guard(ports.stream),
      entries: guard(ports.entries),
    };
    return seal(guarded, {
      identity,
      holder: `run ${this.#runs}`,
      leaseMillis: scheduler === undefined ? 60_000 : 30,
      lockDays: 30,
      batchRecords: 5 + this.random(400),
      untilMillis: Number.POSITIVE_INFINITY,
    });
  }

  /** Starts archivers at once, some of which are killed, and waits for all of them. */
  async runArchivers(count: number, killOneIn: number): Promise<void> {
    const scheduler = new Scheduler(this.random);
    await scheduler.drain(
      Array.from({ length: count }, () => {
        const guard = this.#guard(scheduler, killOneIn);
        const ports = {
          objects: guard(this.objects),
          sequencer: guard(this.sequencer),
          columns: parquetColumnFiles,
          now: () => this.now,
        };
        const intervalMillis = 60_000 * (1 + this.random(60));
        const maxBufferedText = this.random(2) === 0 ? 300 : undefined;
        const options = { intervalMillis, maxBufferedText, untilMillis: Number.POSITIVE_INFINITY };
        return archive(ports, options).catch(ignoreKill);
      }),
    );
  }

  /** Returns a function that lets the calls of one run wait for their turn, and fail from some call on. */
  #guard(scheduler: Scheduler | undefined, killOneIn: number) {
    let isKilled = false;
    return <T extends object>(port: T): T =>
      new Proxy(port, {
        get: (target, name) => {
          const member = Reflect.get(target, name) as unknown;
          if (typeof member !== 'function') return member;
          return async (...parameters: unknown[]) => {
            await scheduler?.turn();
            if (killOneIn > 0 && this.random(killOneIn) === 0) {
              // Half of the kills lose only the answer.
              if (this.random(2) === 0 && !isKilled) await Reflect.apply(member, target, parameters);
              isKilled = true;
            }
            if (isKilled) throw new Killed();
            this.now++;
            return Reflect.apply(member, target, parameters);
          };
        },
      });
  }

  /** Lets everything be sealed, and returns what is wrong with the logs. */
  async finish(): Promise<string[]> {
    this.now += 120_000;
    const report = await this.run();
    const problems = report.status === 'done' ? [] : [`the last run ended as ${report.status}`];
    const publicKey = await this.signer.publicKey();
    let evidence = 0;
    for (const organizationId of organizations) {
      const log = await readWholeLog(this.objects, organizationId, {
        name: originOf(identity, organizationId),
        publicKey,
      });
      problems.push(...log.problems);
      const own = this.inserted.filter(({ pk }) => String(pk).startsWith(`${organizationId}#`));
      const places = new Map<string, number[]>();
      for (const [index, leaf] of log.leaves.entries()) {
        const hex = Buffer.from(leaf).toString('hex');
        places.set(hex, [...(places.get(hex) ?? []), index]);
      }
      problems.push(...(await findOrderProblems(this.objects, organizationId, own, log.leaves)));
      const locator = new LeafLocator(this.objects, organizationId, log.leaves.length);
      for (const item of own) {
        const sealable = describeMemoryItem(item);
        if (sealable === undefined) throw new Error('an item of the history is not sealable');
        const leaf = toLeaf(sealable);
        const found = places.get(Buffer.from(leaf).toString('hex')) ?? [];
        if (found.length !== 1) problems.push(`${item.pk} is sealed ${found.length} times`);
        const location = await locator.find(leaf, sealable.recordedAtMillis);
        if (location?.index !== found[0]) problems.push(`${item.pk} is not found at ${found[0]}`);
      }
      evidence += log.leaves.length - own.length;
      for (const text of this.signer.signed) {
        const signed = readCheckpointText(text);
        if (signed?.origin !== originOf(identity, organizationId)) continue;
        if (!log.isPrefix(signed)) problems.push(`a signed checkpoint of ${organizationId} is a fork`);
      }
    }
    if (evidence !== this.evidence)
      problems.push(`${evidence} leaves of evidence instead of ${this.evidence}`);
    return problems;
  }
}

/** Compares the order of a log with its leaves: each entry has the index of its leaf, and other leaves have no entry. */
async function findOrderProblems(
  objects: MemoryLogObjects,
  organizationId: string,
  items: readonly ItemImage[],
  leaves: readonly Uint8Array[],
): Promise<string[]> {
  const expected = new Map(items.map((item) => [String(item.pk), describeMemoryItem(item)]));
  const ids: (string | null)[] = [];
  for await (const { first, ids: batch } of readOrder(objects, organizationId, {
    from: 0,
    size: leaves.length,
  })) {
    if (first !== ids.length) return [`the order of ${organizationId} has a gap at ${ids.length}`];
    ids.push(...batch);
  }
  if (ids.length !== leaves.length) return [`the order of ${organizationId} ends at ${ids.length}`];
  return ids.flatMap((id, index) => {
    const leaf = leaves[index] ?? new Uint8Array();
    const sealable = expected.get(id ?? '');
    const isRight = sealable
      ? Buffer.from(toLeaf(sealable)).equals(leaf)
      : id === null && readLeaf(leaf)?.kind !== 'entry';
    return isRight ? [] : [`the order of ${organizationId} is wrong at ${index}`];
  });
}

function ignoreKill(error: unknown): void {
  if (!(error instanceof Killed)) throw error;
}

/** Runs a history and returns what is wrong in the end. */
export async function runHistory(
  seed: number,
  steps: number,
  losesRecords = false,
  sabotage?: Sabotage,
): Promise<string[]> {
  const history = new SealingHistory(seed, losesRecords, sabotage);
  for (let step = 0; step < steps; step++) {
    const events = history.random(6);
    for (let event = 0; event < events; event++) history.happen();
    await history.runSealers(1 + history.random(3), 5 + history.random(60));
  }
  return history.finish();
}
