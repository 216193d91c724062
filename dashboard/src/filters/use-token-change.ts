// What becomes of a change in the property filter. A bare text may mean a person, which the directory has to tell.
import { useEffect, useRef } from 'react';
import { useApi } from '../api/api-provider.tsx';
import type { Search } from '../search/search.ts';
import { encodeSearch } from '../search/search-url.ts';
import { findPersonMeant } from './people.ts';
import { findBareName, labelUser, type Token, toFilters } from './tokens.ts';

/** How long the directory may take to say who is meant; after that the text is how a name begins. */
const patienceMillis = 2000;

/** Takes tokens into the search, a bare text as whom or what it means. */
export function useTokenChange(
  search: Search,
  onSearch: (search: Search) => void,
): (tokens: readonly Token[]) => void {
  const api = useApi();
  const asking = useRef<AbortController>(undefined);
  const key = encodeSearch(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer must not undo another change of the search.
  useEffect(() => () => asking.current?.abort(), [key]);
  const take = (tokens: readonly Token[]) => onSearch({ ...search, filters: toFilters(tokens) });
  return (tokens) => {
    asking.current?.abort();
    const text = findBareName(tokens);
    if (text === undefined) return take(tokens);
    const ending = new AbortController();
    asking.current = ending;
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(patienceMillis)]);
    const meant = findPersonMeant(api, { text, account: search.filters.account }, signal);
    // The list tells of an API that does not answer.
    void meant
      .catch(() => undefined)
      .then((user) => ending.signal.aborted || take(user === undefined ? tokens : labelUser(tokens, user)));
  };
}
