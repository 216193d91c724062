// Filters changed by one click.
import type { FilterName, Filters } from '../../../core/query/query.ts';

/** The filters with the value taken in, or taken out when it is there. */
export function toggle(filters: Filters, name: FilterName, value: string): Filters {
  const { [name]: values = [], ...rest } = filters;
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value].sort();
  return next.length === 0 ? rest : { ...rest, [name]: next };
}
