// Choices that follow from the seed and from what they are about, not from when they are made.
import { createRandom, type Random } from '../../local/demo/random.ts';

/** Random choices about one thing: the same for the same seed and name, whatever happened before. */
export function randomFor(seed: number, about: string): Random {
  return createRandom(hash32(`${seed}/${about}`));
}

/** FNV-1a, then mixed, since names that differ in the last digit alone must not give like choices. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
