// Matches values against the terms of one filter. Every plan and every check of an entry uses the same rule.
import { foldTerm } from '../values/folded-text.ts';
import { type FilterTerm, readTerm } from './filter-grammar.ts';

/** The values that one side of a filter matches: exactly, or by prefix. Prefixes ignore case. */
class Patterns {
  readonly exact: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly #folded: readonly string[];

  constructor(terms: readonly FilterTerm[]) {
    this.exact = new Set(terms.filter(({ isPrefix }) => !isPrefix).map(({ text }) => text));
    this.prefixes = terms.filter(({ isPrefix }) => isPrefix).map(({ text }) => text);
    this.#folded = this.prefixes.map(foldTerm);
  }

  get isEmpty(): boolean {
    return this.exact.size === 0 && this.prefixes.length === 0;
  }

  has(value: string): boolean {
    if (this.exact.has(value)) return true;
    if (this.#folded.length === 0) return false;
    const folded = foldTerm(value);
    return this.#folded.some((prefix) => folded.startsWith(prefix));
  }
}

/**
 * The terms of one filter. A value is accepted if a positive term matches it or there is none, and no negated term
 * matches it.
 */
export class TermSet {
  readonly #included: Patterns;
  readonly #excluded: Patterns;

  /** `terms` are canonical, as in `Filters`. An absent filter accepts every value. */
  constructor(terms: readonly string[] = []) {
    const read = terms.map(readTerm);
    this.#included = new Patterns(read.filter(({ isNegated }) => !isNegated));
    this.#excluded = new Patterns(read.filter(({ isNegated }) => isNegated));
  }

  /** The prefixes of the positive terms. */
  get prefixes(): readonly string[] {
    return this.#included.prefixes;
  }

  /** Whether a positive term limits the values. A filter that only excludes values never chooses an index. */
  get isSelective(): boolean {
    return !this.#included.isEmpty;
  }

  /** The values of the exact positive terms that no negated term excludes. */
  get exactValues(): readonly string[] {
    return [...this.#included.exact].filter((value) => !this.#excluded.has(value));
  }

  /** All values that the filter accepts, or `undefined` if they cannot be listed without a lookup. */
  get allValues(): readonly string[] | undefined {
    return this.isSelective && this.prefixes.length === 0 ? this.exactValues : undefined;
  }

  /** Whether a negated term matches the value. */
  excludes(value: string): boolean {
    return this.#excluded.has(value);
  }

  accepts(value: string): boolean {
    return this.acceptsOneOf([value]);
  }

  /** Whether an entry with these values is accepted. A negated term excludes it if it matches any of them. */
  acceptsOneOf(values: readonly (string | undefined)[]): boolean {
    const present = values.filter((value) => value !== undefined);
    const isIncluded = this.#included.isEmpty || present.some((value) => this.#included.has(value));
    return isIncluded && !present.some((value) => this.#excluded.has(value));
  }
}
