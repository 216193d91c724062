// States that do not fit into an item even after compression, and an overflow store that tests can observe and break.
import { randomBytes } from 'node:crypto';
import { contentOf } from '../../core/entry/content.ts';
import { hashContent } from '../../core/entry/content-hash.ts';
import type { LogEntry } from '../../core/entry/entry.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { type EntryParts, makeEntry } from './entries.ts';

/** Text of `length` characters that compresses to three quarters of its size. */
export function incompressibleText(length: number): string {
  return randomBytes(Math.ceil((length * 3) / 4))
    .toString('base64')
    .slice(0, length);
}

/** An update whose states have about `bytes` of JSON, in texts of 4 KB that are not detected as secrets. */
export function incompressibleStates(bytes: number): {
  before: LogEntry['before'];
  after: LogEntry['after'];
} {
  const pieces = (count: number) =>
    Array.from({ length: count }, (_, number) => ({
      name: `part-${number}`,
      text:
        incompressibleText(4_000)
          .replaceAll(/[+/]/g, ' ')
          .match(/.{1,7}/g)
          ?.join(' ') ?? '',
    }));
  const half = Math.max(1, Math.floor(bytes / 2 / 4_600));
  return { before: { pieces: pieces(half) }, after: { pieces: pieces(half) } };
}

export function makeLargeEntry(parts: EntryParts, bytes = 900_000): LogEntry {
  const entry = { ...makeEntry(parts), ...incompressibleStates(bytes) };
  return { ...entry, contentHash: hashContent(contentOf(entry)) };
}

/** Passes calls to an overflow store and records them. Tests can replace the result of a read. */
export class WatchedOverflow implements OverflowStore {
  readonly written: string[] = [];
  readonly read: string[] = [];
  /** Called after an object was written. Can throw to simulate a crash. */
  afterPut: () => void = () => {};
  /** Replaces the result of a read. */
  tamper: ((bytes: Uint8Array | undefined) => Uint8Array | undefined) | undefined;
  readonly #inner: OverflowStore;

  constructor(inner: OverflowStore) {
    this.#inner = inner;
  }

  async put(key: string, bytes: Uint8Array): Promise<'written' | 'exists'> {
    const outcome = await this.#inner.put(key, bytes);
    if (outcome === 'written') this.written.push(key);
    this.afterPut();
    return outcome;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    this.read.push(key);
    const bytes = await this.#inner.get(key);
    return this.tamper === undefined ? bytes : this.tamper(bytes);
  }
}
