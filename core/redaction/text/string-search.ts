// Finds any of many strings in a text. Time is linear in the text and the strings, however many of them begin alike. It
// knows nothing about secrets.
import { LazyIndex, type LazyStrings } from './lazy-strings.ts';
import { extendHash, hashAt, hashBase } from './rolling-hash.ts';

/** Bits of the filter for each string: about one place in sixteen passes it by chance. */
const bitsPerString = 16;
const minFilterBits = 10;
const maxFilterBits = 24;

/** The multiplier that mixes the bits of a hash (Knuth). */
const mixer = 0x9e3779b1;

/** Strings in order, and for each the number of its longest prefix among them, or -1. */
interface Group {
  readonly sorted: readonly string[];
  readonly prefixes: readonly number[];
  readonly maxLength: number;
}

export class StringSearch {
  /** Every string has at least this length. */
  readonly #minLength: number;
  /** By the hash of their first `minLength` characters: the only string, or all that have this hash. */
  readonly #groups = new Map<number, string | Group>();
  readonly #lazy: LazyIndex | undefined;
  /** The hashes whose lazy strings are in the groups. */
  readonly #made = new Set<number>();
  readonly #filter: Uint32Array;
  readonly #shift: number;
  /** What the first character of a window adds to its hash. */
  readonly #firstFactor: number;

  /** Shorter strings are ignored. `lazy` are further strings, which are made when a text seems to contain them. */
  constructor(strings: Iterable<string>, minLength: number, lazy?: LazyStrings) {
    this.#minLength = minLength;
    let factor = 1;
    for (let count = 1; count < minLength; count++) factor = Math.imul(factor, hashBase);
    this.#firstFactor = factor;
    const byHash = groupByHash(strings, minLength);
    const lazyHashes = lazy?.hashes ?? new Int32Array(0);
    if (lazy !== undefined && lazyHashes.length > 0) this.#lazy = new LazyIndex(lazy);
    const bits = Math.ceil(Math.log2((byHash.size + lazyHashes.length) * bitsPerString + 1));
    const filterBits = Math.min(maxFilterBits, Math.max(minFilterBits, bits));
    this.#filter = new Uint32Array(2 ** (filterBits - 5));
    this.#shift = 32 - filterBits;
    for (const hash of lazyHashes) this.#addToFilter(hash);
    for (const [hash, strings] of byHash) {
      this.#addToFilter(hash);
      this.#groups.set(hash, typeof strings === 'string' ? strings : toGroup(strings));
    }
  }

  /** Whether there is anything to find. */
  get isEmpty(): boolean {
    return this.#groups.size === 0 && this.#lazy === undefined;
  }

  /** Calls `visit` with each place from the start of the text on and its longest string; it returns where to continue. */
  search(text: string, visit: (start: number, found: string) => number): void {
    const length = this.#minLength;
    const last = text.length - length;
    if (this.isEmpty || last < 0) return;
    let hash = hashAt(text, 0, length);
    for (let start = 0; ; ) {
      const found = this.#mayStart(hash) ? this.#longestAt(text, start, hash) : undefined;
      const next = found === undefined ? start + 1 : Math.max(visit(start, found), start + 1);
      if (next > last) return;
      hash =
        next === start + 1
          ? extendHash(
              hash - Math.imul(text.charCodeAt(start), this.#firstFactor),
              text.charCodeAt(start + length),
            )
          : hashAt(text, next, length);
      start = next;
    }
  }

  /** Returns the strings that a string begins with, itself included, the longest first. */
  prefixesOf(found: string): string[] {
    const group = this.#groupOf(hashAt(found, 0, this.#minLength));
    if (group === undefined) return [];
    if (typeof group === 'string') return found.startsWith(group) ? [group] : [];
    const prefixes: string[] = [];
    let index = lastUpTo(group.sorted, found);
    while (index >= 0) {
      const prefix = group.sorted[index] ?? '';
      if (found.startsWith(prefix)) prefixes.push(prefix);
      index = group.prefixes[index] ?? -1;
    }
    return prefixes;
  }

  #bitOf(hash: number): number {
    return Math.imul(hash, mixer) >>> this.#shift;
  }

  #mayStart(hash: number): boolean {
    const bit = this.#bitOf(hash);
    return ((this.#filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  #addToFilter(hash: number): void {
    const bit = this.#bitOf(hash);
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }

  #groupOf(hash: number): string | Group | undefined {
    const group = this.#groups.get(hash);
    if (this.#lazy === undefined || this.#made.has(hash)) return group;
    this.#made.add(hash);
    const made = this.#lazy.make(hash).filter((text) => hashAt(text, 0, this.#minLength) === hash);
    if (made.length === 0) return group;
    const all = toGroup([...membersOf(group), ...made]);
    this.#groups.set(hash, all);
    return all;
  }

  #longestAt(text: string, start: number, hash: number): string | undefined {
    const group = this.#groupOf(hash);
    if (group === undefined) return undefined;
    if (typeof group === 'string') return text.startsWith(group, start) ? group : undefined;
    const { sorted, prefixes } = group;
    // Of the strings up to the text in sorted order, the last one shares most with it; so do the prefixes of that one.
    let index = lastUpTo(sorted, text.slice(start, start + group.maxLength));
    const common = index < 0 ? 0 : countCommon(sorted[index] ?? '', text, start);
    while (index >= 0 && (sorted[index]?.length ?? 0) > common) index = prefixes[index] ?? -1;
    return sorted[index];
  }
}

/** Groups the strings by the hash of their beginning. Different beginnings can have one hash. */
function groupByHash(strings: Iterable<string>, minLength: number): Map<number, string | string[]> {
  const byHash = new Map<number, string | string[]>();
  for (const text of strings) {
    if (text.length < minLength) continue;
    const hash = hashAt(text, 0, minLength);
    const others = byHash.get(hash);
    if (others === undefined) byHash.set(hash, text);
    else if (typeof others !== 'string') others.push(text);
    else if (others !== text) byHash.set(hash, [others, text]);
  }
  return byHash;
}

function membersOf(group: string | Group | undefined): readonly string[] {
  if (group === undefined) return [];
  return typeof group === 'string' ? [group] : group.sorted;
}

function toGroup(members: readonly string[]): Group {
  const sorted = [...new Set(members)].sort();
  const prefixes: number[] = [];
  let maxLength = 0;
  for (const [index, text] of sorted.entries()) {
    let prefix = index - 1;
    while (prefix >= 0 && !text.startsWith(sorted[prefix] ?? '')) prefix = prefixes[prefix] ?? -1;
    prefixes.push(prefix);
    maxLength = Math.max(maxLength, text.length);
  }
  return { sorted, prefixes, maxLength };
}

/** The number of the last string that is not after the text in sorted order; -1 for none. */
function lastUpTo(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') <= text) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The characters that a string and a text have in common from a place on. */
export function countCommon(string: string, text: string, start: number): number {
  let length = 0;
  while (length < string.length && string.charCodeAt(length) === text.charCodeAt(start + length)) length++;
  return length;
}
