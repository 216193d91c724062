// What a search that found nothing may have been meant to be.
import { type Filters, isPrefix } from '../core/query/query.ts';
import { quoteForShell } from './search-query.ts';

/** Sentences on filters that are easily taken for others; none when there is nothing to say. */
export function hintsFor({ user = [], resource = [] }: Filters): string[] {
  const exact = resource.find((name) => !isPrefix(name));
  return [
    ...(user.some((id) => /[\s@]/.test(id))
      ? ['--user takes user ids, such as u-2077, not names and e-mail addresses.']
      : []),
    ...(exact === undefined
      ? []
      : [`--resource ${quoteForShell(`${exact}*`)} finds names that begin with ${exact}.`]),
  ];
}
