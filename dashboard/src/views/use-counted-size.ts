// Finds the size of the sealed log that repeats the counts of a search.
import { useApi } from '../api/api-provider.tsx';
import { toOverviewQuery } from '../overview/overview-query.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { readsDetails } from '../search/detail-cost.ts';
import { type Search, toListFilters } from '../search/search.ts';
import { useSession } from '../session/session-provider.tsx';
import { labelZone } from '../time/format-time.ts';

/**
 * Returns a function that counts a search whose times are absolute, and returns the size. `undefined` if no size repeats
 * the counts: entries that are not sealed yet, filters on details, or a user who is limited to AWS accounts. Then, and if
 * the request fails, the times of the link alone determine what is counted.
 */
export function useCountedSize(): (frozen: Search) => Promise<number | undefined> {
  const api = useApi();
  const { access } = useSession();
  const { timeZone } = usePreferences();
  return async (frozen) => {
    // Relative times are resolved already.
    const filters = toListFilters(frozen, Number.NaN);
    if (frozen.range.type === 'unreadable') return undefined;
    if (access.accounts !== undefined || readsDetails(filters)) return undefined;
    try {
      const end = Date.parse(filters.to ?? '');
      return (await api.summarizeEntries(toOverviewQuery(filters, labelZone(timeZone), end))).asOf;
    } catch {
      return undefined;
    }
  };
}
