// The leaf of the sealed log: a commitment that says nothing about an entry without the entry's nonce. Also runs in
// browsers.
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, toUtf8 } from '../values/bytes.ts';
import { dayMillis } from '../values/timestamp.ts';

/** What a leaf commits to. Never reuse a number. */
export const leafKinds = { entry: 1, dispute: 2, modification: 3, removal: 4, foreign: 5 } as const;
export type LeafKind = keyof typeof leafKinds;

/** The version of the leaf and of the text that it commits to. */
export const leafVersion = 1;

/** Version, kind, expiry day (uint32), commitment (SHA-256). */
export const leafBytes = 1 + 1 + 4 + 32;

/** What a leaf is computed from. */
export interface LeafContent {
  readonly kind: LeafKind;
  /** 16 random bytes. Empty for entries that were recorded before entries had a nonce. */
  readonly nonce: Uint8Array;
  readonly text: string;
  /** When the entry expires, in epoch seconds. Absent if it is kept forever. */
  readonly expiresAt?: number | undefined;
}

/** Returns the leaf. */
export function toLeaf({ kind, nonce, text, expiresAt }: LeafContent): Uint8Array {
  const day = new DataView(new ArrayBuffer(4));
  day.setUint32(0, expiresAt === undefined ? 0 : Math.floor((expiresAt * 1000) / dayMillis));
  const commitment = sha256(concatBytes(nonce, toUtf8(text)));
  return concatBytes(Uint8Array.of(leafVersion, leafKinds[kind]), new Uint8Array(day.buffer), commitment);
}

/** What a leaf says without its nonce. */
export interface LeafHeader {
  readonly kind: LeafKind;
  /** The UTC day on which the entry expires, in days since 1970. Absent if it is kept forever. */
  readonly expiryDay: number | undefined;
}

/** Returns what a leaf says, or `undefined` if it is not a leaf of this version. */
export function readLeaf(leaf: Uint8Array): LeafHeader | undefined {
  const kind = Object.entries(leafKinds).find(([, number]) => number === leaf[1])?.[0];
  if (leaf.length !== leafBytes || leaf[0] !== leafVersion || kind === undefined) return undefined;
  const day = new DataView(leaf.buffer, leaf.byteOffset).getUint32(2);
  return { kind: kind as LeafKind, expiryDay: day === 0 ? undefined : day };
}
