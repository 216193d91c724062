import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashLeaf,
  proveConsistency,
  proveInclusion,
  type TreeNode,
  verifyConsistency,
  verifyInclusion,
} from '../../../core/log/merkle-tree.ts';
import { emptyEdge, growTree, rootOf } from '../../../core/log/tiles.ts';
import { toUtf8 } from '../../../core/values/bytes.ts';
import { consistencyOf, pathOf, rootOfLeaves } from './brute-force-tree.ts';

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => toUtf8(`leaf ${index}`));

function readNodesOf(leaves: readonly Uint8Array[]) {
  return async (nodes: readonly TreeNode[]) =>
    nodes.map(({ level, index }) => rootOfLeaves(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
}

function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  const position = Math.floor(bit / 8) % changed.length;
  changed[position] = (changed[position] ?? 0) ^ (1 << (bit % 8));
  return changed;
}

/** A tree of up to 600 leaves and two positions in it. */
const treeArbitrary = fc
  .integer({ min: 1, max: 600 })
  .chain((size) =>
    fc.tuple(fc.constant(size), fc.nat(size - 1), fc.integer({ min: 1, max: size }), fc.nat()),
  );

describe('growTree', () => {
  it('gives the root of RFC 6962 however the leaves are split into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (counts) => {
        const leaves = leavesOf(counts.reduce((sum, count) => sum + count, 0));
        let edge = emptyEdge;
        for (const count of counts) edge = growTree(edge, leaves.slice(edge.size, edge.size + count)).edge;
        expect(rootOf(edge)).toEqual(rootOfLeaves(leaves));
      }),
      { numRuns: 40 },
    );
  });
});

describe('proveInclusion and verifyInclusion', () => {
  it('agree with RFC 6962, and any changed bit, index or size makes the proof fail', async () => {
    await fc.assert(
      fc.asyncProperty(treeArbitrary, async ([size, index, , bit]) => {
        const leaves = leavesOf(size);
        const root = rootOfLeaves(leaves);
        const leaf = hashLeaf(leaves[index] as Uint8Array);
        const proof = await proveInclusion(index, size, readNodesOf(leaves));
        expect(proof).toEqual(pathOf(index, leaves));
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(flipBit(leaf, bit), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof, flipBit(root, bit))).toBe(false);
        const step = bit % Math.max(1, proof.length);
        const changed = proof.map((hash, position) => (position === step ? flipBit(hash, bit) : hash));
        if (proof.length > 0) expect(verifyInclusion(leaf, index, size, changed, root)).toBe(false);
        if (size > 1) expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe('proveConsistency and verifyConsistency', () => {
  it('agree with RFC 6962, and any changed bit or size makes the proof fail', async () => {
    await fc.assert(
      fc.asyncProperty(treeArbitrary, async ([size, , from, bit]) => {
        const leaves = leavesOf(size);
        const [old, root] = [rootOfLeaves(leaves.slice(0, from)), rootOfLeaves(leaves)];
        const proof = await proveConsistency(from, size, readNodesOf(leaves));
        expect(proof).toEqual(consistencyOf(from, leaves));
        expect(verifyConsistency(from, size, proof, old, root)).toBe(true);
        expect(verifyConsistency(from, size, proof, flipBit(old, bit), root)).toBe(false);
        expect(verifyConsistency(from, size, proof, old, flipBit(root, bit))).toBe(false);
        const step = bit % Math.max(1, proof.length);
        const changed = proof.map((hash, position) => (position === step ? flipBit(hash, bit) : hash));
        if (proof.length > 0) expect(verifyConsistency(from, size, changed, old, root)).toBe(false);
        expect(verifyConsistency(from, size, [...proof, root], old, root)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('accepts the empty tree as the start of every tree', () => {
    const leaves = leavesOf(3);
    expect(verifyConsistency(0, 3, [], rootOfLeaves([]), rootOfLeaves(leaves))).toBe(true);
    expect(verifyConsistency(0, 3, [], rootOfLeaves(leaves), rootOfLeaves(leaves))).toBe(false);
  });
});
