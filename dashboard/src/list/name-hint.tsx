// Under a search by name that found nothing: people who are called so.
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { escapeUnsafe } from '../../../core/visible-text.ts';
import { useApi } from '../api/api-provider.tsx';
import { findPeople } from '../filters/people.ts';
import { findNamePrefix } from '../filters/tokens.ts';
import { encodePage } from '../location/page-state.ts';
import type { Search } from '../search/search.ts';

export interface NameHintProps {
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
}

/** People to offer at most. */
const limit = 5;

export function NameHint({ search, onSearch }: NameHintProps) {
  const api = useApi();
  const text = findNamePrefix(search.filters);
  const { account } = search.filters;
  const { data: people = [] } = useQuery({
    queryKey: ['people', text, account],
    enabled: text !== undefined,
    staleTime: 30_000,
    queryFn: ({ signal }) => findPeople(api, { text: text ?? '', account, limit }, signal),
  });
  if (people.length === 0) return null;
  const { resource: _, ...others } = search.filters;
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <Box color="text-body-secondary">Looking for a person?</Box>
      {people.map(({ value, name }) => {
        const ofUser: Search = { ...search, filters: { ...others, user: [value] } };
        return (
          <Link
            key={value}
            href={encodePage({ search: ofUser })}
            onFollow={(event) => {
              event.preventDefault();
              onSearch(ofUser);
            }}
          >
            User: {escapeUnsafe(name === undefined ? value : `${name} (${value})`)}
          </Link>
        );
      })}
    </SpaceBetween>
  );
}
