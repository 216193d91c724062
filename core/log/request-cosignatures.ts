// Requests cosignatures of witnesses for the current checkpoint of every log. Runs beside the sealer and never delays it:
// it reads what is published, and writes only which checkpoints were cosigned.
import { encodeJson } from './batch.ts';
import type { LogHead } from './batch-record.ts';
import { type LogIdentity, originOf } from './checkpoint.ts';
import { readCosignatureRecord, type WitnessedCheckpoint } from './cosignature-record.ts';
import { isLogContradicted } from './log-error.ts';
import { LogReader } from './log-reader.ts';
import { cosignatureKey, logRoot } from './object-keys.ts';
import type { LogObjects, WitnessClient } from './ports.ts';
import { noteKeyTypes, toVerifierKey } from './signed-note.ts';
import {
  type Submission,
  type SubmissionResult,
  submitCheckpoint,
  type Witness,
} from './submit-checkpoint.ts';

/** What requesting cosignatures works with. */
export interface CosignaturePorts {
  readonly objects: LogObjects;
  readonly client: WitnessClient;
  /** Returns the public key of the log, 32 bytes. Fails with STORE_UNAVAILABLE. */
  readonly publicKey: () => Promise<Uint8Array>;
  readonly now: () => number;
}

export interface CosignatureOptions {
  readonly identity: LogIdentity;
  readonly witnesses: readonly Witness[];
  /** No log is begun after this time, in epoch milliseconds. */
  readonly untilMillis: number;
}

/** A checkpoint that a witness did not cosign. */
export interface CosignatureProblem {
  readonly organizationId: string;
  /** The name of the witness. */
  readonly witness: string;
  readonly reason: string;
}

/** What a run did. */
export interface CosignatureReport {
  /** `done`: every witness has cosigned the current checkpoint of every log. */
  readonly status: 'done' | 'incomplete';
  /** Cosignatures that were received. */
  readonly cosigned: number;
  /** Checkpoints that a witness refused, because it cosigned a log that this one does not continue. */
  readonly refused: readonly CosignatureProblem[];
  /** Checkpoints that a later run submits again. */
  readonly failed: readonly CosignatureProblem[];
}

/** Logs that are worked on at the same time. */
const concurrency = 8;

/**
 * Submits the current checkpoint of every log to the witnesses that have not cosigned it. Begins with another log in each
 * run, so that a run that ends early does not always leave out the same ones. Fails with STORE_UNAVAILABLE.
 */
export async function requestCosignatures(
  ports: CosignaturePorts,
  options: CosignatureOptions,
): Promise<CosignatureReport> {
  const organizations = await ports.objects.listFolders(logRoot);
  const start = Math.floor(Math.random() * organizations.length);
  const waiting = [...organizations.slice(start), ...organizations.slice(0, start)];
  const run = new Run(ports, options, await ports.publicKey());
  const work = async () => {
    while (ports.now() < options.untilMillis) {
      const organizationId = waiting.shift();
      if (organizationId === undefined) return;
      await run.cosign(organizationId);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const { cosigned, refused, failed } = run;
  const isDone = waiting.length === 0 && refused.length === 0 && failed.length === 0;
  return { status: isDone ? 'done' : 'incomplete', cosigned, refused, failed };
}

class Run {
  cosigned = 0;
  readonly refused: CosignatureProblem[] = [];
  readonly failed: CosignatureProblem[] = [];
  readonly #ports: CosignaturePorts;
  readonly #options: CosignatureOptions;
  readonly #publicKey: Uint8Array;
  /** Witnesses that did not answer, and why. They are not asked again in this run. */
  readonly #unreachable = new Map<Witness, string>();

  constructor(ports: CosignaturePorts, options: CosignatureOptions, publicKey: Uint8Array) {
    this.#ports = ports;
    this.#options = options;
    this.#publicKey = publicKey;
  }

  /** Has the current checkpoint of one log cosigned. A contradiction concerns this log only. */
  async cosign(organizationId: string): Promise<void> {
    try {
      const { objects } = this.#ports;
      const noteKey = { name: originOf(this.#options.identity, organizationId), publicKey: this.#publicKey };
      const log = new LogReader(objects, organizationId, noteKey);
      const head = await log.readHead();
      if (head === undefined) return;
      const record = await readCosignatureRecord(objects, organizationId);
      const known = new Map(record.witnesses.map((one) => [one.key, one]));
      const received = await Promise.all(
        this.#options.witnesses.map((witness) => this.#submit(organizationId, log, head, witness, known)),
      );
      const added = received.filter((one) => one !== undefined);
      if (added.length === 0) return;
      for (const one of added) known.set(one.key, one);
      // Another run that was faster has cosignatures that are as good.
      await objects.replace(
        cosignatureKey(organizationId),
        encodeJson({ format: 1, witnesses: [...known.values()] }),
        record.etag,
        { contentType: 'application/json' },
      );
      this.cosigned += added.length;
    } catch (error) {
      if (!isLogContradicted(error)) throw error;
      for (const { key } of this.#options.witnesses) {
        const reason = 'was not asked: the log contradicts itself';
        this.failed.push({ organizationId, witness: key.name, reason });
      }
    }
  }

  /** Returns the checkpoint that the witness has cosigned now, or `undefined` if it had before or does not. */
  async #submit(
    organizationId: string,
    log: LogReader,
    head: LogHead,
    witness: Witness,
    known: ReadonlyMap<string, WitnessedCheckpoint>,
  ): Promise<WitnessedCheckpoint | undefined> {
    const key = toVerifierKey(witness.key, noteKeyTypes.witness);
    const last = known.get(key);
    const { checkpoint, edge } = head;
    if (last !== undefined && hasText(last.checkpoint, checkpoint)) return undefined;
    const { size } = edge;
    const result = await this.#send(witness, {
      checkpoint,
      size,
      cosignedSize: last?.size ?? 0,
      prove: async (from) => (await log.proveConsistency(from, size, head)).hashes,
    });
    if (result.status === 'cosigned') return { key, size, checkpoint: result.checkpoint };
    const problem = { organizationId, witness: witness.key.name };
    if (result.status === 'ahead') {
      // Another run may have submitted what was sealed meanwhile.
      const current = (await log.readHead())?.edge.size ?? 0;
      const reason = `cosigned ${result.size} leaves, but the log has only ${current}`;
      if (current < result.size) this.refused.push({ ...problem, reason });
      else this.failed.push({ ...problem, reason: 'cosigned a newer checkpoint meanwhile' });
    } else if (result.status === 'refused') {
      this.refused.push({ ...problem, reason: result.reason });
    } else {
      this.failed.push({ ...problem, reason: result.reason });
    }
    return undefined;
  }

  async #send(witness: Witness, submission: Submission): Promise<SubmissionResult> {
    const { cosignedSize, size } = submission;
    if (cosignedSize > size) return { status: 'ahead', size: cosignedSize };
    const silence = this.#unreachable.get(witness);
    if (silence !== undefined) return { status: 'failed', reason: silence, isUnreachable: true };
    const result = await submitCheckpoint(witness, submission, this.#ports.client);
    if (result.status === 'failed' && result.isUnreachable) this.#unreachable.set(witness, result.reason);
    return result;
  }
}

/** Whether the cosigned note has the text of the checkpoint. */
function hasText(cosigned: string, checkpoint: string): boolean {
  return cosigned.startsWith(checkpoint.slice(0, checkpoint.lastIndexOf('\n\n') + 2));
}
