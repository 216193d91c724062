// Random choices determined by the seed and their subject, independent of the order in which they are made.
import { createRandom, type Random } from '../../local/demo/random.ts';

/** Returns a generator for the choices about one subject: the same for the same seed and subject. */
export function randomFor(seed: number, about: string): Random {
  return createRandom(hash32(`${seed}/${about}`));
}

/** FNV-1a with final mixing, so that names that differ only in the last digit do not give similar choices. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
