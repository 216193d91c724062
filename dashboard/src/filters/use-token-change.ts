// Handles changes in the property filter. Free text can be a label or identify a user, so it is looked up in the
// directory first.
import { useEffect, useRef } from 'react';
import { useApi } from '../api/api-provider.tsx';
import type { Search } from '../search/search.ts';
import { encodeSearch } from '../search/search-url.ts';
import { interpretFreeText } from './free-text.ts';
import { findFreeText, replaceFreeText, type Token, toFilters, toRecorded } from './tokens.ts';

/** Maximum time for the lookup. After that, the text is a name prefix. */
const timeoutMillis = 2000;

/** Returns a function that applies tokens to the search and resolves free text. */
export function useTokenChange(
  search: Search,
  onSearch: (search: Search) => void,
): (tokens: readonly Token[]) => void {
  const api = useApi();
  const pending = useRef<AbortController>(undefined);
  const key = encodeSearch(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer must not undo another change of the search.
  useEffect(() => () => pending.current?.abort(), [key]);
  const apply = (tokens: readonly Token[]) => {
    const { recorded: _, ...rest } = search;
    onSearch({ ...rest, filters: toFilters(tokens), ...toRecorded(tokens) });
  };
  return (tokens) => {
    pending.current?.abort();
    const text = findFreeText(tokens);
    if (text === undefined) return apply(tokens);
    const controller = new AbortController();
    pending.current = controller;
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(timeoutMillis)]);
    const lookup = interpretFreeText(api, { text, account: search.filters.account }, signal);
    // The list reports an API that does not respond.
    void lookup
      .catch(() => undefined)
      .then(
        (found) =>
          controller.signal.aborted || apply(found === undefined ? tokens : replaceFreeText(tokens, found)),
      );
  };
}
