// Reads the batches that the sealer decided, in order, from their staged objects. Each batch names the hash of the one
// before, so a staged batch that lost against another one is never taken for a decided one.
import { type Batch, decodeBatch } from './batch.ts';
import { logContradicted } from './log-error.ts';
import {
  readStagingKey,
  type StagedBatch,
  stagingKey,
  stagingKeyAfter,
  stagingPrefix,
} from './object-keys.ts';
import type { LogObjects } from './ports.ts';

/** A decided batch, with its hash. */
export interface DecidedBatch extends StagedBatch {
  readonly batch: Batch;
}

/** Pages of 1,000 keys that one call lists. The next call continues. */
const maxPages = 20;

/**
 * Returns the batches after a batch, up to and including the last decided one, each read when it is asked for. Without
 * `after`, begins with the oldest staged batch. Fails with LOG_CONTRADICTED if a batch is missing, because staged batches
 * expire after seven days.
 */
export async function* readDecidedBatches(
  objects: LogObjects,
  after: StagedBatch | undefined,
  last: StagedBatch,
): AsyncGenerator<DecidedBatch> {
  const { candidates, isComplete } = await listCandidates(objects, after?.number ?? 0, last.number);
  const end = isComplete ? last.number : Math.max(...candidates.keys()) - 1;
  if (candidates.size === 0 && (after?.number ?? 0) < last.number) throw missing(last.number);
  let before = after;
  for (let number = (after?.number ?? Math.min(...candidates.keys()) - 1) + 1; number <= end; number++) {
    const decided = await readDecided(objects, number, candidates, last);
    const { previous } = decided.batch;
    if (before !== undefined && previous !== before.sha256)
      throw logContradicted(`the staged batch ${number} does not continue the one before`);
    yield decided;
    before = { number, sha256: decided.sha256 };
  }
}

/** Returns the hashes of the staged batches by number. The keys of one number can be on two pages. */
async function listCandidates(
  objects: LogObjects,
  after: number,
  last: number,
): Promise<{ readonly candidates: ReadonlyMap<number, readonly string[]>; readonly isComplete: boolean }> {
  const candidates = new Map<number, string[]>();
  let from = stagingKeyAfter(after);
  for (let page = 0; page < maxPages; page++) {
    const { keys, hasMore } = await objects.list(stagingPrefix, from);
    for (const key of keys) {
      const staged = readStagingKey(key);
      if (staged === undefined) throw logContradicted(`the key ${key} is not that of a staged batch`);
      if (staged.number > last) return { candidates, isComplete: true };
      candidates.set(staged.number, [...(candidates.get(staged.number) ?? []), staged.sha256]);
    }
    from = keys.at(-1) ?? from;
    if (!hasMore) return { candidates, isComplete: true };
  }
  return { candidates, isComplete: false };
}

async function readDecided(
  objects: LogObjects,
  number: number,
  candidates: ReadonlyMap<number, readonly string[]>,
  last: StagedBatch,
): Promise<DecidedBatch> {
  const sha256 = await findDecided(objects, number, candidates, last);
  const key = stagingKey(number, sha256);
  const object = await objects.get(key);
  if (object === undefined) throw missing(number);
  return { number, sha256, batch: decodeBatch(object.bytes, sha256, key) };
}

/** A single staged batch is the decided one. Of several, it is the one that the next decided batch names. */
async function findDecided(
  objects: LogObjects,
  number: number,
  candidates: ReadonlyMap<number, readonly string[]>,
  last: StagedBatch,
): Promise<string> {
  if (number === last.number) return last.sha256;
  const [only, ...others] = candidates.get(number) ?? [];
  if (only === undefined) throw missing(number);
  if (others.length === 0) return only;
  const { previous } = (await readDecided(objects, number + 1, candidates, last)).batch;
  if (previous === undefined) throw missing(number);
  return previous;
}

function missing(number: number): Error {
  return logContradicted(`the staged batch ${number} is missing; staged batches expire after seven days`);
}
