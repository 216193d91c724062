// RFC 6962 word for word, on all leaves at once: what the tree of the sealed log is compared with.
import { createHash } from 'node:crypto';

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return new Uint8Array(digest.digest());
}

/** MTH(D[n]) of section 2.1. */
export function rootOfLeaves(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaves[0] as Uint8Array);
  const split = splitOf(leaves.length);
  return sha256(Uint8Array.of(1), rootOfLeaves(leaves.slice(0, split)), rootOfLeaves(leaves.slice(split)));
}

/** PATH(m, D[n]) of section 2.1.1. */
export function pathOf(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  return index < split
    ? [...pathOf(index, leaves.slice(0, split)), rootOfLeaves(leaves.slice(split))]
    : [...pathOf(index - split, leaves.slice(split)), rootOfLeaves(leaves.slice(0, split))];
}

/** PROOF(m, D[n]) of section 2.1.2. */
export function consistencyOf(from: number, leaves: readonly Uint8Array[], isWhole = true): Uint8Array[] {
  if (from === leaves.length) return isWhole ? [] : [rootOfLeaves(leaves)];
  const split = splitOf(leaves.length);
  return from <= split
    ? [...consistencyOf(from, leaves.slice(0, split), isWhole), rootOfLeaves(leaves.slice(split))]
    : [...consistencyOf(from - split, leaves.slice(split), false), rootOfLeaves(leaves.slice(0, split))];
}

function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}
