// "Did you mean" suggestions for a name search without results: other values that match the text.
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { exactTerm } from '../../../core/query/filter-grammar.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { useApi } from '../api/api-provider.tsx';
import {
  findEnvironments,
  findInterpretations,
  findPlainMeanings,
} from '../filters/alternative-interpretations.ts';
import { labelOf } from '../filters/properties.ts';
import { findNamePrefix } from '../filters/tokens.ts';
import { encodePage } from '../location/page-state.ts';
import type { Search } from '../search/search.ts';
import { useRecentItems } from './use-entries.ts';

export interface NameSuggestionsProps {
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
}

/** Maximum suggestions of each kind. */
const limit = 5;

export function NameSuggestions({ search, onSearch }: NameSuggestionsProps) {
  const api = useApi();
  const recentItems = useRecentItems();
  const text = findNamePrefix(search.filters);
  const { account } = search.filters;
  const { data: listed = [] } = useQuery({
    queryKey: ['suggestions', text, account],
    enabled: text !== undefined,
    staleTime: 30_000,
    queryFn: ({ signal }) => findInterpretations(api, { text: text ?? '', account, limit }, signal),
  });
  const environments = text === undefined ? [] : findEnvironments(recentItems, text).slice(0, limit);
  const plain = text === undefined ? [] : findPlainMeanings(text);
  const suggestions = [...environments, ...listed, ...plain];
  if (suggestions.length === 0) return null;
  const { resource: _, ...others } = search.filters;
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <Box color="text-body-secondary">Did you mean:</Box>
      {suggestions.map(({ name, value, label }) => {
        const suggested: Search = { ...search, filters: { ...others, [name]: [exactTerm(value)] } };
        return (
          <Link
            key={`${name} ${value}`}
            href={encodePage({ search: suggested })}
            onFollow={(event) => {
              event.preventDefault();
              onSearch(suggested);
            }}
          >
            {labelOf(name)}: {escapeUnsafe(label)}
          </Link>
        );
      })}
    </SpaceBetween>
  );
}
