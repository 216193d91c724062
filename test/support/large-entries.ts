// States that no compression makes fit an item, and what a test sees and breaks of the objects that hold them.
import { randomBytes } from 'node:crypto';
import { contentOf, hashContent } from '../../core/entry/content-hash.ts';
import type { LogEntry } from '../../core/entry/entry.ts';
import type { OverflowStore } from '../../core/storage/ports.ts';
import { type EntryParts, makeEntry } from './entries.ts';

/** Text of this many characters that packs to three quarters of it. */
export function incompressibleText(length: number): string {
  return randomBytes(Math.ceil((length * 3) / 4))
    .toString('base64')
    .slice(0, length);
}

/** An update whose states take about `bytes` as JSON, in pieces of 4 KB that look like no secret. */
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
          .match(/.{1,16}/g)
          ?.join(' ') ?? '',
    }));
  const half = Math.max(1, Math.floor(bytes / 2 / 4_300));
  return { before: { pieces: pieces(half) }, after: { pieces: pieces(half) } };
}

export function makeLargeEntry(parts: EntryParts, bytes = 900_000): LogEntry {
  const entry = { ...makeEntry(parts), ...incompressibleStates(bytes) };
  return { ...entry, contentHash: hashContent(contentOf(entry)) };
}

/** What an overflow store is asked for, passed on to it; a test may answer in its place. */
export class WatchedOverflow implements OverflowStore {
  readonly written: string[] = [];
  readonly read: string[] = [];
  /** Called after an object was written; may throw, as a crash would. */
  afterPut: () => void = () => {};
  /** What a reader is given in place of what is there. */
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
