// Filters that lead from one entry to those around it.
import type { Entry } from '../../../client/client.ts';
import type { ListFilters } from '../search/search.ts';

/** How far before and after an entry "at that time" reaches. */
const aroundMillis = 60 * 60 * 1000;

/** Everything ever done to the same service or resource; its id, since another may have had its name. */
export function everythingOnTarget({ target }: Pick<Entry, 'target'>): ListFilters {
  return { target: [target.id] };
}

/** Everything that the user did an hour before and after. */
export function everythingByUserAround({ user, timestamp }: Pick<Entry, 'user' | 'timestamp'>): ListFilters {
  const millis = Date.parse(timestamp);
  return {
    user: [user.id],
    from: new Date(Math.max(0, millis - aroundMillis)).toISOString(),
    to: new Date(millis + aroundMillis).toISOString(),
  };
}
