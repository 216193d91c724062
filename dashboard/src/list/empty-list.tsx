// Shown when there are no entries to list. Says why: none match, none have been found yet, or the search failed.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { describeProblem, type ProblemKind } from '../api/problem.ts';
import { findNamePrefix } from '../filters/tokens.ts';
import { emptySearch, type Search } from '../search/search.ts';
import { describeAccountLimit } from '../session/access.ts';
import { useSession } from '../session/session-provider.tsx';
import type { TimeZone } from '../time/format-time.ts';
import { NameSuggestions } from './name-suggestions.tsx';
import { describeCompleteSearch, describeSearchStatus, type SearchState } from './search-status.ts';
import { SpellingSuggestions } from './spelling-suggestions.tsx';
import type { Entries } from './use-entries.ts';

export interface EmptyListProps {
  readonly entries: Entries;
  readonly state: SearchState;
  readonly search: Search;
  readonly zone: TimeZone;
  readonly onSearch: (search: Search) => void;
}

/** Messages for problems that are explained above the list. */
const shownAbove: Readonly<Partial<Record<ProblemKind, string>>> = {
  filter: 'Nothing was searched because a filter is invalid.',
  session: 'Nothing was searched. Sign in again first.',
};

export function EmptyList({ entries, state, search, zone, onSearch }: EmptyListProps) {
  const { error, isComplete, fetchMore } = entries;
  const { access } = useSession();
  if (error !== null) {
    const { kind, title, advice } = describeProblem(error);
    const notSearched = shownAbove[kind];
    if (notSearched !== undefined) return <Box color="text-body-secondary">{notSearched}</Box>;
    return (
      <Box textAlign="left">
        <Alert
          type={kind === 'busy' ? 'warning' : 'error'}
          header={title}
          action={<Button onClick={fetchMore}>Try again</Button>}
        >
          {advice}
        </Alert>
      </Box>
    );
  }
  if (!isComplete) {
    return <Box color="text-body-secondary">{describeSearchStatus(state)}</Box>;
  }
  const hasFilters = Object.keys(search.filters).length > 0 || search.recorded !== undefined;
  const isEverything = !hasFilters && search.range.type === 'any';
  return (
    <SpaceBetween size="xs" alignItems="center">
      <Box variant="strong">{isEverything ? 'No entries yet' : describeNothing(search)}</Box>
      <Box color="text-body-secondary">
        {isEverything
          ? 'Entries appear here when services or resources are created, updated, or deleted.'
          : describeCompleteSearch(search.range, zone)}
      </Box>
      {access.accounts !== undefined && (
        <Box color="text-body-secondary">{describeAccountLimit(access.accounts)}</Box>
      )}
      <SpellingSuggestions pages={entries.pages} search={search} onSearch={onSearch} />
      <NameSuggestions search={search} onSearch={onSearch} />
      {hasFilters && (
        <Button onClick={() => onSearch({ ...search, filters: {}, recorded: undefined })}>
          Clear filters
        </Button>
      )}
      {search.range.type !== 'any' && (
        <Button onClick={() => onSearch({ ...search, range: emptySearch.range })}>Search all time</Button>
      )}
    </SpaceBetween>
  );
}

/** The heading. Mentions the name only if it is the sole filter. */
function describeNothing({ filters, range, recorded }: Search): string {
  const prefix = findNamePrefix(filters);
  const isOnlyName =
    prefix !== undefined && Object.keys(filters).length === 1 && range.type === 'any' && !recorded;
  return isOnlyName
    ? `No service or resource name begins with "${escapeUnsafe(prefix)}"`
    : 'No entries match';
}
