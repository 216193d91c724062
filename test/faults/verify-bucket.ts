// Verifies every object in the overflow bucket: it must hold the states of an entry, or be an orphan of a
// recorder that was killed between object and entry.
import type { StageStores } from '../../ops/command/stage-stores.ts';
import { classifyObjects } from '../../ops/orphans/orphans.ts';
import type { Discrepancies } from './discrepancies.ts';

export interface BucketFigures {
  /** Objects that an entry refers to. */
  readonly kept: number;
  /** Objects that no entry refers to: harmless, and found by `npm run find-orphans`. */
  readonly orphans: number;
}

export async function verifyBucket(stores: StageStores, wrong: Discrepancies): Promise<BucketFigures> {
  let [kept, orphans] = [0, 0];
  for await (const objects of classifyObjects(stores, Date.now, new AbortController().signal)) {
    for (const { key, status } of objects) {
      if (status === 'referenced') kept++;
      else if (status === 'orphan' || status === 'recent') orphans++;
      else wrong.add(`an object in the bucket is ${status}`, key);
    }
  }
  return { kept, orphans };
}
