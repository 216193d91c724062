// Finds entries that a search skips only because a value is spelled differently. It looks at entries that the search has
// read anyway, so it costs no read and suggests only what the caller can see.
import type { Caller } from '../access/caller.ts';
import type { ListItem } from '../entry/entry.ts';
import { exactTerm, readTerm } from '../query/filter-grammar.ts';
import type { FilterName } from '../query/filters.ts';
import { matches, valuesOf } from '../query/matching.ts';
import type { Query } from '../query/query.ts';
import { TermSet } from '../query/term-set.ts';
import { describeDifference, foldSpelling, type SuggestionReason } from './near-matches.ts';

/** The filters whose values services choose, so that they can be spelled differently. */
export const spelledFilters = [
  'user',
  'resource',
  'service',
  'target',
  'type',
  'environment',
] as const satisfies readonly FilterName[];

export type SpelledFilter = (typeof spelledFilters)[number];

/** A value to search for instead of one that has few matches or none. */
export interface Suggestion {
  readonly parameter: SpelledFilter;
  /** The term of the request. */
  readonly value: string;
  /** The term to replace it with. */
  readonly suggestion: string;
  readonly reason: SuggestionReason;
}

/** Returns the exact values that the filter includes. */
export function listIncludedValues(terms: readonly string[] = []): string[] {
  return terms
    .map(readTerm)
    .filter(({ isNegated, isPrefix }) => !isNegated && !isPrefix)
    .map(({ text }) => text);
}

interface SpelledTerms {
  readonly name: SpelledFilter;
  readonly terms: TermSet;
  /** The values of the request by their folded form. */
  readonly given: ReadonlyMap<string, string>;
}

/** Collects suggestions for one page. */
export class NearMissCollector {
  readonly #relaxed: Query;
  readonly #spelled: readonly SpelledTerms[];
  readonly #caller: Caller;
  readonly #found = new Map<string, Suggestion>();

  constructor(query: Query, caller: Caller) {
    this.#caller = caller;
    const filters: { [name in FilterName]?: readonly string[] } = { ...query.filters };
    const spelled: SpelledTerms[] = [];
    for (const name of spelledFilters) {
      const values = listIncludedValues(filters[name]);
      if (values.length === 0) continue;
      const given = new Map(values.map((value) => [foldSpelling(value), value]));
      spelled.push({ name, terms: new TermSet(filters[name]), given });
      delete filters[name];
    }
    this.#spelled = spelled;
    this.#relaxed = { ...query, filters };
  }

  /** The suggestions so far, distinct. */
  get suggestions(): readonly Suggestion[] {
    return [...this.#found.values()];
  }

  /** Examines an entry that does not match the query. Ignores entries that the caller cannot see. */
  observe(item: ListItem, nowMillis: number): void {
    if (this.#spelled.length === 0 || !matches(item, this.#relaxed, this.#caller, nowMillis)) return;
    const near: Suggestion[] = [];
    for (const { name, terms, given } of this.#spelled) {
      const values = valuesOf(name, item);
      if (terms.acceptsOneOf(values)) continue;
      if (values.some((value) => value !== undefined && terms.excludes(value))) return;
      const suggestions = values.flatMap((value) => this.#suggest(name, given, value) ?? []);
      if (suggestions.length === 0) return;
      near.push(...suggestions);
    }
    for (const one of near) this.#found.set(`${one.parameter} ${one.value} ${one.suggestion}`, one);
  }

  #suggest(
    parameter: SpelledFilter,
    given: ReadonlyMap<string, string>,
    recorded: string | undefined,
  ): Suggestion | undefined {
    if (recorded === undefined) return undefined;
    const value = given.get(foldSpelling(recorded));
    if (value === undefined || value === recorded) return undefined;
    return toSuggestion(parameter, value, recorded, describeDifference(value, recorded));
  }
}

/** Returns the suggestion to search for `recorded` instead of `given`. */
export function toSuggestion(
  parameter: SpelledFilter,
  given: string,
  recorded: string,
  reason: SuggestionReason,
): Suggestion {
  return { parameter, value: exactTerm(given), suggestion: exactTerm(recorded), reason };
}
