// Which changes a run tests when it tests only a share of them.
import { createHash } from 'node:crypto';

/** Environment variable of the share, because Stryker runs the checker in another process. */
export const shareVariable = 'MUTATION_SHARE';

/**
 * Selects about `share` (0 to 1) of all changes by their ids, which are Stryker's ordinal numbers. The same code gives
 * the same sample.
 */
export function isInSample({ id }: { readonly id: string }, share: number): boolean {
  const hash = createHash('sha256').update(id).digest();
  return hash.readUInt32BE() / 2 ** 32 < share;
}
