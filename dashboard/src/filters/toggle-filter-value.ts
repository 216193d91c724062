// Adds or removes a single filter value.
import type { FilterName, Filters } from '../../../core/query/filters.ts';

/**
 * Returns the filters with the term added, or removed if it is present. Adding a value removes its negation. `term` must
 * be canonical and not negated.
 */
export function toggleFilterValue(filters: Filters, name: FilterName, term: string): Filters {
  const { [name]: terms = [], ...rest } = filters;
  const others = terms.filter((other) => other !== term && other !== `!${term}`);
  const next = terms.includes(term) ? others : [...others, term].sort();
  return next.length === 0 ? rest : { ...rest, [name]: next };
}
