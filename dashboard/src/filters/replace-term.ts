// Replaces a term of a filter by another spelling.
import type { Page } from '../../../client/client.ts';
import { type Filters, normalizeTerms } from '../../../core/query/filters.ts';

export type SpellingSuggestion = NonNullable<Page['suggestions']>[number];

/** Returns the filters with the suggested term in place of the one that was searched for. */
export function replaceTerm(filters: Filters, { parameter, value, suggestion }: SpellingSuggestion): Filters {
  const terms = (filters[parameter] ?? []).map((term) => (term === value ? suggestion : term));
  return { ...filters, [parameter]: normalizeTerms(parameter, terms) };
}

/** Returns the distinct suggestions of the pages of a list. */
export function joinSuggestions(pages: readonly Pick<Page, 'suggestions'>[]): SpellingSuggestion[] {
  const all = pages.flatMap(({ suggestions = [] }) => suggestions);
  const keyOf = ({ parameter, value, suggestion }: SpellingSuggestion) =>
    JSON.stringify([parameter, value, suggestion]);
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}
