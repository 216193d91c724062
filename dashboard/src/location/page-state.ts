// What the page's address says: what is searched for, and which entry is open beside the list.
import type { Search } from '../search/search.ts';
import { decodeSearch, encodeSearch } from '../search/search-url.ts';

export interface PageState {
  readonly search: Search;
  /** The entry that is open. `/request-logs/…` is the API's, so entries are at `/entries/…`. */
  readonly entryId?: string | undefined;
}

/** Path and query of the page in this state. */
export function encodePage({ search, entryId }: PageState): string {
  const query = encodeSearch(search);
  const path = entryId === undefined ? '/' : `/entries/${encodeURIComponent(entryId)}`;
  return query === '' ? path : `${path}?${query}`;
}

/** The state that a path and query stand for; never fails. */
export function decodePage(location: string): PageState {
  const mark = location.indexOf('?');
  const [path, query] = mark === -1 ? [location, ''] : [location.slice(0, mark), location.slice(mark)];
  const entryId = decodePart(/^\/entries\/([^/]+)\/?$/.exec(path)?.[1]);
  return { search: decodeSearch(query), ...(entryId !== undefined && { entryId }) };
}

function decodePart(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return part;
  }
}
