// Encodes the state of the page in its URL: the search and the open entry.
import type { Search } from '../search/search.ts';
import { decodeSearch, encodeSearch } from '../search/search-url.ts';

export interface PageState {
  readonly search: Search;
  /** The open entry. Its path is `/entries/…` because `/request-logs/…` belongs to the API. */
  readonly entryId?: string | undefined;
}

/** Returns the path and query for this state. */
export function encodePage({ search, entryId }: PageState): string {
  const query = encodeSearch(search);
  const path = entryId === undefined ? '/' : `/entries/${encodeURIComponent(entryId)}`;
  return query === '' ? path : `${path}?${query}`;
}

/** Decodes a path and query. Never throws. */
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
