// Computes Merkle tree hashes, inclusion proofs and consistency proofs as RFC 6962, section 2.1 defines them. Reads the
// hashes of perfect subtrees through a function, so it needs no tree in memory. Also runs in browsers.
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../values/bytes.ts';

/** The bytes of a SHA-256 hash. */
export type TreeHash = Uint8Array;

export const hashBytes = 32;

/** Returns the hash of a leaf. */
export function hashLeaf(leaf: Uint8Array): TreeHash {
  return sha256(concatBytes(Uint8Array.of(0), leaf));
}

/** Returns the hash of an inner node. */
export function hashNode(left: TreeHash, right: TreeHash): TreeHash {
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

/** The hash of the empty tree. */
export const emptyRoot: TreeHash = sha256(new Uint8Array());

/** A perfect subtree: the `index`-th subtree with 2^`level` leaves. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** Returns the perfect subtrees that cover the leaves from `begin` (a multiple of the first subtree's size) to `end`. */
export function perfectNodes(begin: number, end: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  let from = begin;
  while (from < end) {
    let level = 0;
    let size = 1;
    while (from % (size * 2) === 0 && from + size * 2 <= end) {
      size *= 2;
      level++;
    }
    nodes.push({ level, index: from / size });
    from += size;
  }
  return nodes;
}

/** Returns the hash of a tree from the hashes of `perfectNodes(0, size)`. */
export function foldHashes(hashes: readonly TreeHash[]): TreeHash {
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => hashNode(left, right));
}

/**
 * Grows a tree of which only the hashes of `perfectNodes(0, size)` are kept, its edge. `onNode` receives every perfect
 * subtree that the new leaves complete, leaves included, from left to right.
 */
export function appendToEdge(
  edge: readonly TreeHash[],
  size: number,
  leafHashes: readonly TreeHash[],
  onNode: (node: TreeNode, hash: TreeHash) => void = () => {},
): TreeHash[] {
  const hashes = [...edge];
  for (const [offset, leafHash] of leafHashes.entries()) {
    let hash = leafHash;
    let node: TreeNode = { level: 0, index: size + offset };
    onNode(node, hash);
    while (node.index % 2 === 1) {
      const left = hashes.pop();
      if (left === undefined) throw new Error('the edge has fewer hashes than its size requires');
      hash = hashNode(left, hash);
      node = { level: node.level + 1, index: (node.index - 1) / 2 };
      onNode(node, hash);
    }
    hashes.push(hash);
  }
  return hashes;
}

/** Returns the hashes of perfect subtrees, in the same order. */
export type NodeReader = (nodes: readonly TreeNode[]) => Promise<readonly TreeHash[]>;

interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** Returns the largest power of two that is less than `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The subtrees whose hashes prove that the leaf is in the tree, from the leaf's sibling upwards. */
function inclusionRanges(index: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      ranges.unshift({ begin: middle, end });
      end = middle;
    } else {
      ranges.unshift({ begin, end: middle });
      begin = middle;
    }
  }
  return ranges;
}

/** The subtrees whose hashes prove that the tree of `from` leaves is the start of the tree of `to` leaves. */
function consistencyRanges(from: number, to: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let [begin, end] = [0, to];
  while (from !== end) {
    const middle = begin + splitOf(end - begin);
    if (from <= middle) {
      ranges.unshift({ begin: middle, end });
      end = middle;
    } else {
      ranges.unshift({ begin, end: middle });
      begin = middle;
    }
  }
  if (begin !== 0) ranges.unshift({ begin, end });
  return ranges;
}

async function hashRanges(ranges: readonly LeafRange[], read: NodeReader): Promise<TreeHash[]> {
  const nodes = ranges.map(({ begin, end }) => perfectNodes(begin, end));
  const hashes = await read(nodes.flat());
  let offset = 0;
  return nodes.map(({ length }) => {
    offset += length;
    return foldHashes(hashes.slice(offset - length, offset));
  });
}

/** Returns the inclusion proof of a leaf in the tree of `size` leaves. `index` must be less than `size`. */
export function proveInclusion(index: number, size: number, read: NodeReader): Promise<TreeHash[]> {
  return hashRanges(inclusionRanges(index, size), read);
}

/** Returns the proof that the tree of `from` leaves is the start of the tree of `to` leaves (1 ≤ `from` ≤ `to`). */
export function proveConsistency(from: number, to: number, read: NodeReader): Promise<TreeHash[]> {
  return hashRanges(consistencyRanges(from, to), read);
}

/** Whether the proof shows that the leaf with this hash is at this index of the tree. */
export function verifyInclusion(
  leafHash: TreeHash,
  index: number,
  size: number,
  proof: readonly TreeHash[],
  root: TreeHash,
): boolean {
  if (!isIndex(index) || !isIndex(size) || index >= size) return false;
  const ranges = inclusionRanges(index, size);
  if (proof.length !== ranges.length) return false;
  let hash = leafHash;
  for (const [step, { begin }] of ranges.entries()) {
    const sibling = proof[step] as TreeHash;
    hash = begin > index ? hashNode(hash, sibling) : hashNode(sibling, hash);
  }
  return equalBytes(hash, root);
}

/** Whether the proof shows that the tree of `from` leaves is the start of the tree of `to` leaves. */
export function verifyConsistency(
  from: number,
  to: number,
  proof: readonly TreeHash[],
  fromRoot: TreeHash,
  toRoot: TreeHash,
): boolean {
  if (!isIndex(from) || !isIndex(to) || from > to) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  if (from === 0) return proof.length === 0 && equalBytes(fromRoot, emptyRoot);
  const ranges = consistencyRanges(from, to);
  if (proof.length !== ranges.length) return false;
  // Without a first range at an inner position, the old tree is itself the perfect subtree that all others extend.
  const startsInside = ranges[0]?.end === from;
  let old = startsInside ? (proof[0] as TreeHash) : fromRoot;
  let current = old;
  for (const [step, { begin }] of ranges.entries()) {
    if (startsInside && step === 0) continue;
    const sibling = proof[step] as TreeHash;
    if (begin >= from) current = hashNode(current, sibling);
    else {
      old = hashNode(sibling, old);
      current = hashNode(sibling, current);
    }
  }
  return equalBytes(old, fromRoot) && equalBytes(current, toRoot);
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
