// Freezes a search at a moment, so that it finds the same entries later.
import { type Search, toListFilters } from '../search/search.ts';

/**
 * Replaces a relative range with its times, and leaves out entries that are recorded later, so that everyone who opens the
 * search sees the same entries. An invalid range stays as it is.
 */
export function freezeSearch(search: Search, nowMillis: number): Search {
  const { from, to } = toListFilters(search, nowMillis);
  const isRelative = search.range.type === 'last';
  return {
    ...search,
    ...(isRelative && {
      range: {
        type: 'between',
        ...(from !== undefined && { from }),
        to: to ?? new Date(nowMillis).toISOString(),
      },
    }),
    recorded: { recordedTo: new Date(nowMillis).toISOString(), ...search.recorded },
  };
}
