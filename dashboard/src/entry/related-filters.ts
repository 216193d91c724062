// Filters that find entries related to a given one.

import type { Entry } from '../../../client/client.ts';
import { exactTerm } from '../../../core/query/filter-grammar.ts';
import type { ListFilters } from '../search/search.ts';

/** How far before and after the entry to search. */
const aroundMillis = 60 * 60 * 1000;

/** Every entry of the same service or resource. By ID, because names can be reused. */
export function filterByTarget({ target }: Pick<Entry, 'target'>): ListFilters {
  return { target: [exactTerm(target.id)] };
}

/** Every entry of the same user from one hour before to one hour after. */
export function filterByUserAndTime({ user, timestamp }: Pick<Entry, 'user' | 'timestamp'>): ListFilters {
  const millis = Date.parse(timestamp);
  return {
    user: [exactTerm(user.id)],
    from: new Date(Math.max(0, millis - aroundMillis)).toISOString(),
    to: new Date(millis + aroundMillis).toISOString(),
  };
}
