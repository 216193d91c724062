// Suggests corrections for a search without results.
import { type Filters, isPrefix } from '../core/query/query.ts';
import { quoteForShell } from './search-query.ts';

/** Returns one sentence for each filter that is probably wrong; empty if there is none. */
export function suggestCorrections({ user = [], resource = [] }: Filters): string[] {
  const exact = resource.find((name) => !isPrefix(name));
  return [
    ...(user.some((id) => /[\s@]/.test(id))
      ? ['--user takes a user ID, such as u-2077, not a name or email address.']
      : []),
    ...(exact === undefined
      ? []
      : [`--resource ${quoteForShell(`${exact}*`)} matches names that start with ${exact}.`]),
  ];
}
