// Suggests corrections for a search without results.
import { parseTerm, prefixTerm } from '../core/query/filter-grammar.ts';
import type { Filters } from '../core/query/filters.ts';
import { quoteForShell } from './search-query.ts';

/** Returns one sentence for each filter that is probably wrong; empty if there is none. */
export function suggestCorrections({ user, resource }: Filters): string[] {
  const [exact] = listExactValues(resource);
  return [
    ...(listExactValues(user).some((id) => /[\s@]/.test(id))
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
