// Strings to search for that are made only when a text seems to contain them, because most of them occur nowhere.

/** Strings by the hashes of their beginnings. At most 2,097,152 (2^21). */
export interface LazyStrings {
  /** The hash of the beginning of each string; the length of a beginning is the minimum length of the search. */
  readonly hashes: Int32Array;
  /** Returns the string at this index. It can return others too. */
  make(index: number): readonly string[];
}

/** More than the number of strings. A double has room for a hash and an index. */
const maxStrings = 2 ** 21;

/** Finds the strings with a hash, in logarithmic time however many of them have it. */
export class LazyIndex {
  readonly #strings: LazyStrings;
  /** Hashes, each followed by an index, as one number. */
  readonly #sorted: Float64Array;

  /** Throws if there are too many strings. */
  constructor(strings: LazyStrings) {
    const { hashes } = strings;
    if (hashes.length > maxStrings)
      throw new RangeError(`${hashes.length} strings, of at most ${maxStrings}`);
    this.#strings = strings;
    this.#sorted = new Float64Array(hashes.length);
    for (let index = 0; index < hashes.length; index++) {
      this.#sorted[index] = ((hashes[index] ?? 0) >>> 0) * maxStrings + index;
    }
    this.#sorted.sort();
  }

  /** Returns the strings that may begin with this hash; others can be among them. */
  make(hash: number): string[] {
    const made: string[] = [];
    const first = (hash >>> 0) * maxStrings;
    for (let at = this.#firstFrom(first); (this.#sorted[at] ?? Infinity) < first + maxStrings; at++) {
      made.push(...this.#strings.make((this.#sorted[at] ?? 0) - first));
    }
    return made;
  }

  #firstFrom(least: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? 0) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
