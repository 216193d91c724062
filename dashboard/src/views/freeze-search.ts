// Freezes a search at a moment, so that it finds the same entries later.
import { type Search, toListFilters } from '../search/search.ts';

/**
 * Replaces a relative range with its times, ends an open range now, and leaves out entries that are recorded later, so that
 * everyone who opens the search sees the same entries and the same counts. An invalid range stays as it is.
 */
export function freezeSearch(search: Search, nowMillis: number): Search {
  const now = new Date(nowMillis).toISOString();
  const recorded = { recordedTo: now, ...search.recorded };
  if (search.range.type === 'unreadable') return { ...search, recorded };
  const { from, to = now } = toListFilters(search, nowMillis);
  return { ...search, range: { type: 'between', ...(from !== undefined && { from }), to }, recorded };
}
