// Suggests corrections for a search with few results or none.
import type { Page } from '../client/client.ts';
import { parseTerm, prefixTerm } from '../core/query/filter-grammar.ts';
import type { Filters } from '../core/query/filters.ts';
import { toOptionName } from './options.ts';
import { quoteForShell } from './search-query.ts';

type Suggestion = NonNullable<Page['suggestions']>[number];

const differences: Readonly<Record<Suggestion['reason'], string>> = {
  CASE: 'differs in upper and lower case',
  WHITE_SPACE: 'differs in white space',
  UNICODE_FORM: 'looks the same, but its characters are encoded differently',
  SPELLING: 'differs in case, white space, or the encoding of characters',
  USER_NAME: 'is the ID of a user with this name',
  USER_EMAIL: 'is the ID of the user with this email address',
  RENAMED: 'is what a service or resource with this name was renamed to',
};

/** Returns one sentence for each suggestion of the API. */
export function describeSuggestions(suggestions: readonly Suggestion[], isEmpty: boolean): string[] {
  return suggestions.map(({ parameter, value, suggestion, reason }) => {
    const option = `--${toOptionName(parameter)}`;
    const [given, recorded] = [value, suggestion].map((term) => `${option} ${quoteForShell(term)}`);
    return isEmpty
      ? `No entries for ${given}. Did you mean ${recorded}? It ${differences[reason]}.`
      : `There are also entries for ${recorded}, which ${differences[reason]}.`;
  });
}

/** Removes suggestions that several pages have in common. */
export function joinSuggestions(pages: readonly Pick<Page, 'suggestions'>[]): Suggestion[] {
  const joined = new Map<string, Suggestion>();
  for (const one of pages.flatMap(({ suggestions = [] }) => suggestions)) {
    joined.set(JSON.stringify([one.parameter, one.value, one.suggestion]), one);
  }
  return [...joined.values()];
}

/**
 * Returns one sentence for each filter that is probably wrong, apart from those for which the API suggests a value; empty
 * if there is none.
 */
export function suggestCorrections(
  { user, resource }: Filters,
  suggestions: readonly Suggestion[] = [],
): string[] {
  const isSuggested = (name: string) => suggestions.some(({ parameter }) => parameter === name);
  const [exact] = isSuggested('resource') ? [] : listExactValues(resource);
  return [
    ...(!isSuggested('user') && listExactValues(user).some((id) => /[\s@]/.test(id))
      ? ['--user takes a user ID, such as u-2077, not a name or email address.']
      : []),
    ...(exact === undefined
      ? []
      : [`--resource ${quoteForShell(prefixTerm(exact))} matches names that start with ${exact}.`]),
  ];
}

/** Returns the values that must match exactly, without those that are excluded. */
function listExactValues(terms: readonly string[] = []): string[] {
  return terms.flatMap((written) => {
    const reading = parseTerm(written);
    return 'term' in reading && !reading.term.isNegated && !reading.term.isPrefix ? [reading.term.text] : [];
  });
}
