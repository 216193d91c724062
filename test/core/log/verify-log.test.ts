import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { toLeaf } from '../../../core/log/leaf.ts';
import { findLeafMismatch, LogVerifier } from '../../../core/log/verify-log.ts';
import { rootOfLeaves } from './brute-force-tree.ts';
import { entryAt, sealableOf } from './sealed-entries.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const entries = Array.from({ length: 300 }, (_, number) => entryAt(number));
const leaves = entries.map((entry, number) => toLeaf(sealableOf(entry, number)));
const foundAt = (number: number, entry = entries[number] as LogEntry) => ({
  id: entry.id,
  mismatch: (leaf: Uint8Array) => findLeafMismatch(entry, { nonce: sealableOf(entry, number).nonce }, leaf),
});
const checkpointAt = (size: number) => ({ origin: 'a', size, root: rootOfLeaves(leaves.slice(0, size)) });

function verify(change: (number: number) => ReturnType<typeof foundAt> | undefined): LogVerifier {
  const verifier = new LogVerifier(now);
  for (const [number, leaf] of leaves.entries()) verifier.add(leaf, change(number));
  return verifier;
}

describe('LogVerifier', () => {
  it('verifies every entry of a log, and its root', () => {
    const verifier = verify((number) => foundAt(number));
    expect(verifier).toMatchObject({ verified: 300, failed: 0, size: 300 });
    expect(verifier.matches(checkpointAt(300))).toBe(true);
    expect(verifier.matches(checkpointAt(299))).toBe(false);
    expect(verifier.matches({ ...checkpointAt(300), root: checkpointAt(299).root })).toBe(false);
  });

  it('names entries that were changed, exchanged, or removed', () => {
    const verifier = verify((number) => {
      if (number === 3) return foundAt(3, { ...(entries[3] as LogEntry), role: 'Other' });
      if (number === 7) return foundAt(8);
      return number === 9 ? undefined : foundAt(number);
    });
    expect(verifier.failures).toEqual([
      { index: 3, id: entries[3]?.id, reason: 'the entry is not the one that was sealed' },
      { index: 7, id: entries[8]?.id, reason: 'the entry is not the one that was sealed' },
      { index: 9, reason: 'its entry is missing, although it has not expired' },
    ]);
    expect(verifier).toMatchObject({ verified: 297, failed: 3 });
  });

  it('accepts that an entry is missing only when it has expired', () => {
    const expiresAt = (millis: number) => ({
      ...sealableOf(entries[0] as LogEntry, 0),
      expiresAt: millis / 1000,
    });
    const verifier = new LogVerifier(now);
    verifier.add(toLeaf(expiresAt(now - 1000)), undefined);
    verifier.add(toLeaf(expiresAt(now + 2 * 86_400_000)), undefined);
    expect(verifier).toMatchObject({ expired: 1, failed: 1 });
  });

  it('counts disputes, evidence, and leaves that are too new to be compared', () => {
    const verifier = new LogVerifier(now);
    const content = { nonce: new Uint8Array(16), text: 'x' };
    verifier.add(toLeaf({ kind: 'dispute', ...content }), undefined);
    verifier.add(toLeaf({ kind: 'removal', ...content }), undefined);
    verifier.addNew(leaves[0] as Uint8Array);
    verifier.add(new Uint8Array(38), undefined);
    expect(verifier).toMatchObject({ disputes: 1, evidence: 1, waiting: 1, failed: 1 });
  });

  it('fails when the log is not the one of an earlier checkpoint', () => {
    const verifier = new LogVerifier(now);
    verifier.expect(checkpointAt(5));
    verifier.expect({ ...checkpointAt(6), root: checkpointAt(5).root });
    for (const [number, leaf] of leaves.entries()) verifier.add(leaf, foundAt(number));
    expect(verifier.failures).toEqual([
      { index: 5, reason: 'the log up to here is not the one of the earlier checkpoint' },
    ]);
  });
});
