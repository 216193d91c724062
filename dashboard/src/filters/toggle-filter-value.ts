// Adds or removes a single filter value.
import type { FilterName, Filters } from '../../../core/query/query.ts';

/** Returns the filters with the value added, or removed if it is present. */
export function toggleFilterValue(filters: Filters, name: FilterName, value: string): Filters {
  const { [name]: values = [], ...rest } = filters;
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value].sort();
  return next.length === 0 ? rest : { ...rest, [name]: next };
}
