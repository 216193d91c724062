// Verifies a complete log: every leaf, in order, up to the tree that the key signed, and every entry that is left of it.
// Keeps only the edge of the tree, so its memory does not grow with the log. Also runs in browsers.
import { sha256 } from '@noble/hashes/sha2.js';
import { toCommittedText } from '../entry/committed-text.ts';
import { canonicalContent, contentOf } from '../entry/content.ts';
import type { LogEntry } from '../entry/entry.ts';
import { equalBytes, toHex, toUtf8 } from '../values/bytes.ts';
import { dayMillis } from '../values/timestamp.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readLeaf, toLeaf } from './leaf.ts';
import { appendToEdge, hashLeaf, type TreeHash } from './merkle-tree.ts';
import { rootOf } from './tiles.ts';

/** What the leaf of an entry is computed from, in addition to the entry. */
export interface LeafOpening {
  readonly nonce: Uint8Array;
  /** The object with the states, if the item of the entry does not hold them. */
  readonly statesObject?: { readonly sha256: string; readonly bytes: number } | undefined;
}

/** Returns why the leaf is not that of this entry, exactly as it is shown. `undefined` if it is. */
export function findLeafMismatch(
  entry: LogEntry,
  { nonce, statesObject }: LeafOpening,
  leaf: Uint8Array,
): string | undefined {
  const text = toCommittedText(entry, statesObject === undefined ? entry : { statesObject });
  if (!equalBytes(toLeaf({ kind: 'entry', nonce, text, expiresAt: entry.expiresAt }), leaf)) {
    return 'the entry is not the one that was sealed';
  }
  // The text of an entry with large states does not contain them.
  const hash = toHex(sha256(toUtf8(canonicalContent(contentOf(entry)))));
  return hash === entry.contentHash ? undefined : 'the entry does not match its content hash';
}

/** Something in a log that does not verify. */
export interface LogFailure {
  readonly index: number;
  /** Absent if the entry of the leaf is missing. */
  readonly id?: string | undefined;
  /** A sentence without a period. */
  readonly reason: string;
}

/** The most failures that are kept. All are counted. */
const maxKeptFailures = 1000;

/** What a leaf is compared with. */
export interface FoundLeaf {
  readonly id?: string | undefined;
  /** Why it does not match the leaf, or `undefined` if it does. */
  readonly mismatch: (leaf: Uint8Array) => string | undefined;
}

/** Takes the leaves of a log in order, and counts what they are. */
export class LogVerifier {
  /** Entries that match their leaves. */
  verified = 0;
  /** Entries that have expired, of which only the leaf is left. */
  expired = 0;
  /** Leaves of disputes. */
  disputes = 0;
  /** Leaves that report a changed, removed, or foreign item of the table. */
  evidence = 0;
  /** Leaves that were not compared. */
  waiting = 0;
  failed = 0;
  readonly failures: LogFailure[] = [];
  readonly #now: number;
  readonly #earlier: Checkpoint[] = [];
  #hashes: readonly TreeHash[] = [];
  #size = 0;

  /** `nowMillis` decides which entries are allowed to be gone. */
  constructor(nowMillis: number) {
    this.#now = nowMillis;
  }

  /** Requires that the log had this root at this size. Call it before the leaf of that size is added. */
  expect(earlier: Checkpoint): void {
    this.#earlier.push(earlier);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the next leaf. `found` is what is left of it. */
  add(leaf: Uint8Array, found: FoundLeaf | undefined): void {
    const index = this.#size;
    this.#append(leaf);
    const header = readLeaf(leaf);
    if (header === undefined) this.#fail({ index, reason: 'the leaf has an unknown form' });
    else if (found !== undefined) {
      const reason = found.mismatch(leaf);
      if (reason !== undefined) this.#fail({ index, id: found.id, reason });
      else if (header.kind === 'entry') this.verified++;
      else this.disputes++;
    } else if (header.kind === 'dispute') this.disputes++;
    else if (header.kind !== 'entry') this.evidence++;
    else if (header.expiryDay !== undefined && header.expiryDay * dayMillis <= this.#now) this.expired++;
    else this.#fail({ index, reason: 'its entry is missing, although it has not expired' });
  }

  /** Adds the next leaf without comparing it: what is left of it has not been copied yet. */
  addNew(leaf: Uint8Array): void {
    this.#append(leaf);
    this.waiting++;
  }

  /** Whether the leaves are exactly those of the tree that the checkpoint states. */
  matches({ size, root }: Checkpoint): boolean {
    return this.#size === size && equalBytes(rootOf({ size, hashes: this.#hashes }), root);
  }

  /** Adds something that is wrong beside the leaves. */
  report(failure: LogFailure): void {
    this.#fail(failure);
  }

  #append(leaf: Uint8Array): void {
    const index = this.#size;
    this.#hashes = appendToEdge(this.#hashes, index, [hashLeaf(leaf)]);
    this.#size++;
    for (const earlier of this.#earlier) {
      if (earlier.size === this.#size && !this.matches(earlier)) {
        this.#fail({ index, reason: 'the log up to here is not the one of the earlier checkpoint' });
      }
    }
  }

  #fail(failure: LogFailure): void {
    this.failed++;
    if (this.failures.length < maxKeptFailures) this.failures.push(failure);
  }
}
