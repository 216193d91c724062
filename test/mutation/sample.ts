// Which changes a run tests when it tests only a share of them.
import { createHash } from 'node:crypto';

/** Environment variables of the share and the seed, because Stryker runs the checker in another process. */
export const shareVariable = 'MUTATION_SHARE';
export const seedVariable = 'MUTATION_SEED';

export interface Sample {
  /** The share of all changes that is tested, from 0 to 1. */
  readonly share: number;
  /** Another seed selects other changes. */
  readonly seed: string;
}

/** Returns the sample that the environment variables describe. */
export function readSample(): Sample {
  return { share: Number(process.env[shareVariable]), seed: process.env[seedVariable] ?? '' };
}

/** Selects changes by their ids, which are Stryker's ordinal numbers. The same code and seed give the same sample. */
export function isInSample({ id }: { readonly id: string }, { share, seed }: Sample): boolean {
  const hash = createHash('sha256').update(`${seed}:${id}`).digest();
  return hash.readUInt32BE() / 2 ** 32 < share;
}
